import { createHash } from "node:crypto";
import { redirect } from "@remix-run/node";
import { readSite } from "#app/community/site.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { guest } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { updatedAt } from "../feed.ts";
import { readFeed } from "../feeds.ts";
import { feedFormats } from "../paths.ts";
import { contentTypes, writeFeed } from "../write-feed.ts";

/**
 * `/latest.rss` and the twins of every other list. Whoever asks gets what a guest may see: a program that follows a place
 * must not be told more because a browser happened to fetch it first.
 */
export const loader = defineLoader({ params: noParams }, async ({ request }) => {
  const { pathname, search } = new URL(request.url);
  const format = feedFormats.find((each) => pathname.endsWith(`.${each}`));
  if (!format) throw new NotFoundError("feed");
  const asked = pathname.slice(0, -format.length - 1);
  const { name } = await readSite(db);
  const feed = await readFeed(guest, asked, name);
  if (asked !== feed.path) throw redirect(`${feed.path}.${format}${search}`, 301);

  const body = writeFeed(feed.title === name ? feed : { ...feed, title: `${feed.title} · ${name}` }, format, name);
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const lastModified = updatedAt(feed);
  const headers = { "Content-Type": contentTypes[format], "Cache-Control": "public, no-cache", ETag: etag, "Last-Modified": lastModified.toUTCString() };
  return isKnown(request.headers, etag, lastModified) ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
});

/** Whether the reader has it already (RFC 9110: the tag decides where one is sent). */
function isKnown(headers: Headers, etag: string, lastModified: Date): boolean {
  const tags = headers.get("if-none-match");
  if (tags !== null) return tags.includes(etag);
  return Date.parse(headers.get("if-modified-since") ?? "") >= Math.trunc(lastModified.getTime() / 1000) * 1000;
}
