import type { IncomingMessage } from "node:http";
import { Readable, Transform } from "node:stream";
import { TooLargeError } from "#app/core/errors.ts";
import { bodyLimit } from "./refuse-odd-requests.ts";

/**
 * The body of a write. A form is read here, whole and bounded, so that a slow sender holds no part of the pages; what is
 * sent in parts, as uploads are, streams on, cut off at its limit.
 *
 * @throws TooLargeError when a form is above what we take
 */
export async function readBody(request: IncomingMessage): Promise<{ body?: BodyInit; duplex?: "half" }> {
  const limit = bodyLimit(request);
  if (request.headers["content-type"]?.toLowerCase().startsWith("multipart/")) {
    return { body: Readable.toWeb(request.pipe(cutOff(limit))) as unknown as BodyInit, duplex: "half" };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new TooLargeError("core.tooLarge");
    chunks.push(chunk);
  }
  return bytes > 0 ? { body: Buffer.concat(chunks) } : {};
}

function cutOff(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(new TooLargeError("core.tooLarge"));
      else done(null, chunk);
    },
  });
}
