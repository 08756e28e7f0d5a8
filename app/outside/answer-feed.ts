import { createHash } from "node:crypto";
import { updatedAt, type Feed } from "./feed.ts";
import type { FeedFormat } from "./paths.ts";
import { contentTypes, writeFeed, type Publication } from "./write-feed.ts";

/** A feed as an answer: without a word for a reader that has it already. */
export function answerFeed(request: Request, feed: Feed, format: FeedFormat, publication: Publication): Response {
  const { site } = publication;
  const body = writeFeed(feed.title === site ? feed : { ...feed, title: `${feed.title} · ${site}` }, format, publication);
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const lastModified = updatedAt(feed).toUTCString();
  const headers = { "Content-Type": contentTypes[format], ETag: etag, "Last-Modified": lastModified };
  return isKnown(request.headers, etag, lastModified) ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

/**
 * Whether the reader has it already (RFC 9110: the tag decides where one is sent). A time must be the very same: when
 * the newest is taken away, the feed was last changed earlier than the reader believes.
 */
function isKnown(headers: Headers, etag: string, lastModified: string): boolean {
  const tags = headers.get("if-none-match");
  if (tags !== null) return tags.includes(etag);
  return Date.parse(headers.get("if-modified-since") ?? "") === Date.parse(lastModified);
}
