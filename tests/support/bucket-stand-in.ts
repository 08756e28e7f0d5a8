import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const keyId = "community";
const secretKey = "a-secret-for-tests";

/**
 * A bucket that speaks as much of the S3 protocol as files need, and answers 403 to any request that is not signed as
 * AWS Signature Version 4 says, worked out here by itself. `fail` makes the next requests of a verb answer a status.
 */
export async function bucketStandIn() {
  const objects = new Map<string, Buffer>();
  const failures: { method: string; status: number; code: string; times: number }[] = [];

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const failure = failures.find(({ method, times }) => method === request.method && times > 0);
    if (failure) {
      failure.times--;
      return refuse(response, failure.status, failure.code);
    }
    if (!isSigned(request)) return refuse(response, 403, "SignatureDoesNotMatch");
    answer(objects, request, response, Buffer.concat(chunks));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    bucket: { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, name: "pictures", region: "eu-north-1", keyId, secretKey },
    objects,
    fail: (method: string, status: number, code: string, times = 1) => void failures.push({ method, status, code, times }),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function answer(objects: Map<string, Buffer>, { method, url }: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const { pathname, searchParams } = new URL(url!, "http://bucket");
  const [, bucket, ...rest] = pathname.split("/");
  const key = rest.join("/");
  if (bucket !== "pictures") return refuse(response, 404, "NoSuchBucket");
  if (method === "PUT") {
    objects.set(key, body);
    return void response.end();
  }
  if (method === "DELETE") {
    objects.delete(key);
    return void response.writeHead(204).end();
  }
  if (method === "GET" && key === "" && searchParams.get("list-type") === "2") {
    const found = [...objects.keys()].filter((one) => one.startsWith(searchParams.get("prefix") ?? ""));
    return void response.end(`<ListBucketResult>${found.map((one) => `<Contents><Key>${one}</Key></Contents>`).join("")}</ListBucketResult>`);
  }
  const object = objects.get(key);
  if (method !== "GET" || !object) return refuse(response, 404, "NoSuchKey");
  response.writeHead(200, { "Content-Length": object.length }).end(object);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "Content-Type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method, url, headers }: IncomingMessage): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? "");
  if (!given || given[1] !== keyId) return false;
  const [, , day, region, signedHeaders, signature] = given;
  const { pathname, searchParams } = new URL(url!, "http://bucket");
  const query = [...searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join("&");
  const canonicalHeaders = signedHeaders!.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`).join("");
  const canonical = [method, pathname, query, canonicalHeaders, signedHeaders, headers["x-amz-content-sha256"]].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const signed = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const key = signed(signed(signed(signed(`AWS4${secretKey}`, day!), region!), "s3"), "aws4_request");
  return createHmac("sha256", key).update(toSign).digest("hex") === signature;
}
