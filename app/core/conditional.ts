import { createHash } from "node:crypto";

/** A name for just this content, by which a reader says that it has it already. Weak: compressed, it is the same. */
export function tagOf(content: string | Buffer): string {
  return `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 27)}"`;
}

type Asked = { ifNoneMatch: string | null | undefined; ifModifiedSince: string | null | undefined };

/**
 * Whether the reader has it already (RFC 9110: the tag decides where one is sent). A time must be the very same: when
 * the newest is taken away, a list was last changed earlier than the reader believes.
 */
export function isKnown({ ifNoneMatch, ifModifiedSince }: Asked, { etag, lastModified = "" }: { etag: string; lastModified: string | undefined }): boolean {
  return typeof ifNoneMatch === "string" ? ifNoneMatch.includes(etag) : Date.parse(ifModifiedSince ?? "") === Date.parse(lastModified);
}
