import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import type { Bucket } from "../config.ts";
import { StorageFullError } from "../errors.ts";
import type { FileStore } from "./store.ts";

const SECONDS = 30;
const RETRIES = 2;

/**
 * Files in a bucket of any server that speaks Amazon's S3 protocol, as `files/<key>/<part>`, addressed by path. Nothing
 * in the bucket need be public: readers come through the community, which asks for their rights first.
 */
export function bucketStore({ endpoint, name, region, keyId, secretKey }: Bucket): FileStore {
  const client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secretKey, service: "s3", region, retries: RETRIES });
  const root = `${endpoint}/${name}`;
  const ask = (address: string, init: RequestInit = {}) => client.fetch(address, { ...init, signal: AbortSignal.timeout(SECONDS * 1000) });

  async function remove(key: string): Promise<void> {
    const listed = await ask(`${root}?list-type=2&prefix=${encodeURIComponent(`files/${key}/`)}`);
    if (!listed.ok) throw await refusal("list", listed);
    for (const [, object] of (await listed.text()).matchAll(/<Key>(files\/[A-Za-z0-9_-]+\/[a-z0-9.]+)<\/Key>/g)) {
      const removed = await ask(`${root}/${object}`, { method: "DELETE" });
      if (!removed.ok && removed.status !== 404) throw await refusal("delete", removed);
    }
  }

  return {
    remove,

    async put(key, parts) {
      try {
        for (const [part, bytes] of Object.entries(parts)) {
          const answer = await ask(`${root}/files/${key}/${part}`, { method: "PUT", body: new Uint8Array(bytes), headers: { "Content-Length": String(bytes.length) } });
          if (!answer.ok) throw await refusal("put", answer);
          await answer.body?.cancel();
        }
      } catch (error) {
        await remove(key).catch(() => {});
        throw error;
      }
    },

    async open(key, part) {
      const answer = await ask(`${root}/files/${key}/${part}`);
      if (answer.status === 404) return void (await answer.body?.cancel());
      if (!answer.ok || !answer.body) throw await refusal("get", answer);
      return { stream: Readable.fromWeb(answer.body as ReadableStream), bytes: Number(answer.headers.get("content-length")) };
    },
  };
}

/** What the server answered, in words for the log: its code, never a key. */
async function refusal(verb: string, answer: Response): Promise<Error> {
  const code = /<Code>(\w{1,60})<\/Code>/.exec(await answer.text().catch(() => ""))?.[1];
  if (answer.status === 507 || /StorageFull|QuotaExceeded/.test(code ?? "")) return new StorageFullError("core.storageFull");
  return new Error(`The file bucket refused to ${verb}: ${answer.status} ${code ?? ""}`.trim());
}
