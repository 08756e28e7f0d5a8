import type { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";

/**
 * A stream as the body of an answer. Whoever goes away in the middle of it ends the stream with an error that Remix lets
 * nobody hear, and an error nobody hears ends the process: it is heard here.
 */
export function streamed(stream: Readable): ReadableStream<Uint8Array> {
  stream.on("error", () => {});
  return createReadableStreamFromReadable(stream);
}
