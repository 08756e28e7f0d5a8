import { config } from "#app/core/config.ts";
import { speakerName } from "#app/core/speaker.ts";
import { portableHtml, tagUri, updatedAt, type Author, type Feed, type FeedEntry } from "./feed.ts";
import type { FeedFormat } from "./paths.ts";
import { element, sayable, xml } from "./xml.ts";

// The same feed in three forms: RSS 2.0 (rssboard.org), Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org). One feed always
// gives the same bytes, so that a reader with the right ETag needs none.

export const contentTypes: Record<FeedFormat, string> = {
  rss: "application/rss+xml; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
};

export type Publication = {
  /** Who publishes it: an entry of which no author is known is theirs. */
  site: string;
  /** By what it is known; by its key unless told otherwise. */
  id?: string;
  /** The whole address it was asked for under; its own unless told otherwise. */
  self?: string;
  /** Who tells readers of it at once. */
  hub?: string;
};

export function writeFeed(feed: Feed, format: FeedFormat, { site, id = tagUri(feed.key), self = publicAddress(feed, format), hub }: Publication): string {
  return { rss, atom, json }[format](feed, { site, id, self, hub });
}

/** Where anybody reads it. */
export function publicAddress(feed: Pick<Feed, "path">, format: FeedFormat): string {
  return whole(`${feed.path}.${format}`);
}

type Known = Required<Omit<Publication, "hub">> & Pick<Publication, "hub">;

const whole = (path: string) => config.baseUrl + path;
/** A feed must be called something, and so must what is in it and who wrote it. */
const called = (name: string, otherwise: string) => (sayable(name).trim() === "" ? otherwise : name);
/** With the label that says for whom they speak, as beside their posts. */
const speakerOf = ({ name, username, label }: Author) => speakerName({ name: called(name, username), label }, "en");
const titleOf = ({ title, href }: FeedEntry) => called(title, whole(href));
const titleOfFeed = ({ title, home }: Feed) => called(title, whole(home));

function rss(feed: Feed, { self, hub }: Known): string {
  const items = feed.entries.map((entry) => `<item>${[
    element("title", titleOf(entry)),
    element("link", whole(entry.href)),
    element("guid", entry.id, 'isPermaLink="false"'),
    element("pubDate", entry.publishedAt.toUTCString()),
    // RSS knows authors by e-mail address only, which is nobody's business.
    ...entry.authors.map((author) => element("dc:creator", speakerOf(author))),
    ...entry.tags.map((tag) => element("category", tag)),
    element("description", entry.summary),
    element("content:encoded", portableHtml(entry.html, entry.href)),
  ].join("")}</item>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${[
    element("title", titleOfFeed(feed)),
    element("link", whole(feed.home)),
    element("description", called(feed.description, titleOfFeed(feed))),
    `<atom:link rel="self" type="application/rss+xml" href="${xml(self)}"/>`,
    ...(hub ? [`<atom:link rel="hub" href="${xml(hub)}"/>`] : []),
    element("lastBuildDate", updatedAt(feed).toUTCString()),
    ...items,
  ].join("\n")}</channel></rss>
`;
}

function atom(feed: Feed, { site, id, self, hub }: Known): string {
  const entries = feed.entries.map((entry) => `<entry>${[
    element("id", entry.id),
    element("title", titleOf(entry)),
    `<link rel="alternate" type="text/html" href="${xml(whole(entry.href))}"/>`,
    element("published", entry.publishedAt.toISOString()),
    element("updated", entry.updatedAt.toISOString()),
    ...entry.authors.map((author) => `<author>${element("name", speakerOf(author))}${element("uri", whole(`/u/${author.username}`))}</author>`),
    ...entry.tags.map((tag) => `<category term="${xml(tag)}"/>`),
    element("summary", entry.summary),
    element("content", portableHtml(entry.html, entry.href), 'type="html"'),
  ].join("")}</entry>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">${[
    element("id", id),
    element("title", titleOfFeed(feed)),
    element("subtitle", feed.description),
    `<link rel="alternate" type="text/html" href="${xml(whole(feed.home))}"/>`,
    `<link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
    ...(hub ? [`<link rel="hub" href="${xml(hub)}"/>`] : []),
    element("updated", updatedAt(feed).toISOString()),
    `<author>${element("name", called(site, whole("/")))}</author>`,
    ...entries,
  ].join("\n")}</feed>
`;
}

function json(feed: Feed, { self, hub }: Known): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: titleOfFeed(feed),
    description: feed.description || undefined,
    home_page_url: whole(feed.home),
    feed_url: self,
    hubs: hub ? [{ type: "WebSub", url: hub }] : undefined,
    items: feed.entries.map((entry) => ({
      id: entry.id, url: whole(entry.href), title: titleOf(entry), content_html: portableHtml(entry.html, entry.href), summary: entry.summary || undefined,
      date_published: entry.publishedAt.toISOString(), date_modified: entry.updatedAt.toISOString(),
      authors: entry.authors.map((author) => ({ name: speakerOf(author), url: whole(`/u/${author.username}`) })), tags: entry.tags,
    })),
  });
}
