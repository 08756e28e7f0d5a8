import { config } from "#app/core/config.ts";
import { portableHtml, updatedAt, type Feed, type FeedEntry } from "./feed.ts";
import type { FeedFormat } from "./paths.ts";
import { element, xml } from "./xml.ts";

// The same feed in three forms: RSS 2.0 (rssboard.org), Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org). One feed always
// gives the same bytes, so that a reader with the right ETag needs none.

export const contentTypes: Record<FeedFormat, string> = {
  rss: "application/rss+xml; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
};

/** `site` is who publishes it: an entry of which no author is known is theirs. */
export function writeFeed(feed: Feed, format: FeedFormat, site: string): string {
  return { rss, atom, json }[format](feed, site);
}

const whole = (path: string) => config.baseUrl + path;
const selfOf = (feed: Feed, format: FeedFormat) => whole(`${feed.path}.${format}`);
/** A feed must be called something, and so must what is in it. */
const titleOf = ({ title, href }: FeedEntry) => title.trim() || whole(href);

function rss(feed: Feed): string {
  const items = feed.entries.map((entry) => `<item>${[
    element("title", titleOf(entry)),
    element("link", whole(entry.href)),
    element("guid", entry.id, 'isPermaLink="false"'),
    element("pubDate", entry.publishedAt.toUTCString()),
    // RSS knows authors by e-mail address only, which is nobody's business.
    ...entry.authors.map(({ name }) => element("dc:creator", name)),
    ...entry.tags.map((tag) => element("category", tag)),
    element("description", entry.summary),
    element("content:encoded", portableHtml(entry.html)),
  ].join("")}</item>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${[
    element("title", feed.title),
    element("link", whole(feed.home)),
    element("description", feed.description || feed.title),
    `<atom:link rel="self" type="application/rss+xml" href="${xml(selfOf(feed, "rss"))}"/>`,
    element("lastBuildDate", updatedAt(feed).toUTCString()),
    ...items,
  ].join("\n")}</channel></rss>
`;
}

function atom(feed: Feed, site: string): string {
  const entries = feed.entries.map((entry) => `<entry>${[
    element("id", entry.id),
    element("title", titleOf(entry)),
    `<link rel="alternate" type="text/html" href="${xml(whole(entry.href))}"/>`,
    element("published", entry.publishedAt.toISOString()),
    element("updated", entry.updatedAt.toISOString()),
    ...entry.authors.map(({ name, username }) => `<author>${element("name", name.trim() || username)}${element("uri", whole(`/u/${username}`))}</author>`),
    ...entry.tags.map((tag) => `<category term="${xml(tag)}"/>`),
    element("summary", entry.summary),
    element("content", portableHtml(entry.html), 'type="html"'),
  ].join("")}</entry>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">${[
    element("id", feed.id),
    element("title", feed.title),
    element("subtitle", feed.description),
    `<link rel="alternate" type="text/html" href="${xml(whole(feed.home))}"/>`,
    `<link rel="self" type="application/atom+xml" href="${xml(selfOf(feed, "atom"))}"/>`,
    element("updated", updatedAt(feed).toISOString()),
    `<author>${element("name", site.trim() || whole("/"))}</author>`,
    ...entries,
  ].join("\n")}</feed>
`;
}

function json(feed: Feed): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.description || undefined,
    home_page_url: whole(feed.home),
    feed_url: selfOf(feed, "json"),
    items: feed.entries.map((entry) => ({
      id: entry.id, url: whole(entry.href), title: titleOf(entry), content_html: portableHtml(entry.html), summary: entry.summary || undefined,
      date_published: entry.publishedAt.toISOString(), date_modified: entry.updatedAt.toISOString(),
      authors: entry.authors.map(({ name, username }) => ({ name, url: whole(`/u/${username}`) })), tags: entry.tags,
    })),
  });
}
