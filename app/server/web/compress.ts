import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

const MIN_BYTES = 1000;
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** The smallest form that the browser says it reads. */
export function encodingFor(acceptEncoding: string | string[] | undefined): Encoding {
  const accepted = String(acceptEncoding ?? "");
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return "br";
  if (/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return "gzip";
  return "identity";
}

/**
 * For an answer that one visitor gets: as small as costs little. Of a topic's page of 143 kB quality 0 leaves 17.6 kB in
 * 0.5 ms, 1 leaves 16.2 in 1.3 and 4 some 14 in 3. At once, because handing it to another thread and back costs as much.
 */
export function compressOnce(body: Buffer, encoding: Encoding): Buffer {
  if (encoding === "br") return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
  if (encoding === "gzip") return gzipSync(body, { level: 1 });
  return body;
}

/** For an answer that many will get. */
export async function compressForMany(body: Buffer): Promise<Record<Encoding, Buffer>> {
  const [br, gz] = await Promise.all([
    toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
    toGzip(body, { level: 6 }),
  ]);
  return { identity: body, br, gzip: gz };
}

/** Whether compressing such an answer is worth it. */
export function isCompressible(contentType: string | null, bytes: number): boolean {
  return bytes >= MIN_BYTES && /^(text\/|application\/(json|javascript|xml|.*\+(json|xml))|image\/svg)/.test(contentType ?? "");
}
