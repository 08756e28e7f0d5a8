import { isKnown, tagOf } from "#app/core/conditional.ts";
import { updatedAt, type Feed } from "./feed.ts";
import type { FeedFormat } from "./paths.ts";
import { contentTypes, writeFeed, type Publication } from "./write-feed.ts";

/** A feed as an answer: without a word for a reader that has it already. */
export function answerFeed(request: Request, feed: Feed, format: FeedFormat, publication: Publication): Response {
  const { site } = publication;
  const body = writeFeed(feed.title === site ? feed : { ...feed, title: `${feed.title} · ${site}` }, format, publication);
  const etag = tagOf(body);
  const lastModified = updatedAt(feed).toUTCString();
  const headers = { "Content-Type": contentTypes[format], ETag: etag, "Last-Modified": lastModified };
  const asked = { ifNoneMatch: request.headers.get("if-none-match"), ifModifiedSince: request.headers.get("if-modified-since") };
  return isKnown(asked, { etag, lastModified }) ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}
