import { createHash } from "node:crypto";

/** Names a text: the first 128 bits of its SHA-256, in hex. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
