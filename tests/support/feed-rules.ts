import { readXml, all, textOf, type XmlElement } from "./read-xml.ts";

// What the W3C's feed validator asks of a feed, as far as ours could break it: RSS 2.0 (rssboard.org), RFC 4287, JSON Feed
// 1.1. Each function answers the faults of a document as sentences; XML that is not well-formed throws.

const RFC_822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|[+-]\d{4})$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const TAG_URI = /^tag:[a-z0-9.-]+,\d{4}(-\d{2}){0,2}:[\w;/?:@&=+$.!~*'()%,#-]+$/;

type Check = (isRight: boolean, fault: string) => void;

function faultsFound(look: (check: Check) => void): string[] {
  const faults: string[] = [];
  look((isRight, fault) => void (isRight || faults.push(fault)));
  return faults;
}

/** @param self the address it was read from */
export function rssFaults(xml: string, self: string): string[] {
  return faultsFound((check) => {
    const rss = readXml(xml);
    check(rss.name === "rss" && rss.attributes.version === "2.0", "no RSS 2.0");
    const channels = all(rss, "channel");
    check(channels.length === 1, "channels");
    const channel = channels[0]!;
    for (const name of ["title", "link", "description"]) check(once(channel, name), `channel: ${name}`);
    check(isWhole(textOf(channel, "link")), "channel: link is not whole");
    const selves = all(channel, "atom:link").filter(({ attributes }) => attributes.rel === "self");
    check(selves.length === 1 && selves[0]!.attributes.href === self && selves[0]!.attributes.type === "application/rss+xml", "channel: atom:link self");
    check(isRfc822(textOf(channel, "lastBuildDate")), "channel: lastBuildDate");
    const items = all(channel, "item");
    check(new Set(items.map((item) => textOf(item, "guid"))).size === items.length, "guids are not unique");
    for (const item of items) {
      for (const { name } of item.children) check(["category", "dc:creator"].includes(name) || once(item, name), `item: ${name} more than once, or empty`);
      check(all(item, "title").length + all(item, "description").length > 0, "item: neither title nor description");
      check(isWhole(textOf(item, "link")), "item: link");
      const [guid] = all(item, "guid");
      check(guid !== undefined && (guid.attributes.isPermaLink === "false" || isWhole(guid.text)), "item: a guid that is no address must say so");
      check(isRfc822(textOf(item, "pubDate")), `item: pubDate ${textOf(item, "pubDate")}`);
      checkHtml(check, textOf(item, "content:encoded"));
      check(all(item, "author").length === 0, "item: author must be an e-mail address");
    }
  });
}

export function atomFaults(xml: string, self: string): string[] {
  return faultsFound((check) => {
    const feed = readXml(xml);
    check(feed.name === "feed" && feed.attributes.xmlns === "http://www.w3.org/2005/Atom", "no Atom");
    checkAtom(check, feed, "feed");
    check(all(feed, "link").some(({ attributes }) => attributes.rel === "self" && attributes.href === self), "feed: link self");
    check(all(feed, "subtitle").length <= 1, "feed: subtitle");
    const entries = all(feed, "entry");
    check(new Set([textOf(feed, "id"), ...entries.map((entry) => textOf(entry, "id"))]).size === entries.length + 1, "ids are not unique");
    const newest = Math.max(...entries.map((entry) => Date.parse(textOf(entry, "updated")!)));
    check(entries.length === 0 || Date.parse(textOf(feed, "updated")!) === newest, "feed: updated is not that of the newest entry");
    for (const entry of entries) {
      checkAtom(check, entry, "entry");
      check(all(entry, "author").length > 0 || all(feed, "author").length > 0, "entry: nobody's");
      check(RFC_3339.test(textOf(entry, "published") ?? "") && Date.parse(textOf(entry, "published")!) <= Date.parse(textOf(entry, "updated")!), "entry: published after it was updated");
      const contents = all(entry, "content");
      check(contents.length <= 1 && contents.every(({ attributes }) => attributes.type === "html"), "entry: content");
      check(contents.length === 1 || all(entry, "link").some(({ attributes }) => attributes.rel === "alternate"), "entry: neither content nor a link");
      checkHtml(check, contents[0]?.text);
      for (const { attributes } of all(entry, "category")) check(Boolean(attributes.term), "entry: category without a term");
    }
  });
}

export function jsonFaults(json: string, self: string): string[] {
  return faultsFound((check) => {
    const feed = JSON.parse(json) as Record<string, any>;
    check(feed.version === "https://jsonfeed.org/version/1.1", "version");
    check(isText(feed.title), "title");
    check(feed.feed_url === self && isWhole(feed.home_page_url), "addresses");
    check(!("author" in feed), "author is of version 1.0");
    check(feed.hubs === undefined || feed.hubs.every((hub: { type: unknown; url: string }) => isText(hub.type) && isWhole(hub.url)), "hubs");
    check(Array.isArray(feed.items), "items");
    check(new Set(feed.items.map(({ id }: { id: string }) => id)).size === feed.items.length, "ids are not unique");
    for (const item of feed.items) {
      check(isText(item.id), "item: id must be text");
      check(isWhole(item.url), "item: url");
      check(typeof item.content_html === "string" || typeof item.content_text === "string", "item: no content");
      check(RFC_3339.test(item.date_published) && RFC_3339.test(item.date_modified), "item: dates");
      check(item.authors.every((author: { name: unknown; url: string }) => isText(author.name) && isWhole(author.url)) && !("author" in item), "item: authors");
      check(item.tags.every(isText), "item: tags");
      checkHtml(check, item.content_html);
    }
  });
}

function checkAtom(check: Check, element: XmlElement, where: string): void {
  for (const name of ["id", "title", "updated"]) check(once(element, name), `${where}: ${name}`);
  const id = textOf(element, "id") ?? "";
  check(TAG_URI.test(id) || isWhole(id), `${where}: id ${id}`);
  check(RFC_3339.test(textOf(element, "updated") ?? ""), `${where}: updated`);
  const links = all(element, "link");
  check(links.every(({ attributes }) => isWhole(attributes.href)), `${where}: a link is not whole`);
  const alternates = links.filter(({ attributes }) => (attributes.rel ?? "alternate") === "alternate").map(({ attributes }) => `${attributes.type} ${attributes.hreflang}`);
  check(new Set(alternates).size === alternates.length, `${where}: two alternates of one type`);
  for (const author of all(element, "author")) check(once(author, "name") && all(author, "uri").every(({ text }) => isWhole(text)), `${where}: author`);
}

/** Nothing that must not be in a feed, or leads nowhere from one. */
function checkHtml(check: Check, html = ""): void {
  check(!/<(script|style|iframe|object|embed|form|input|meta|link)\b/i.test(html), "html: dangerous");
  check(!/<[^>]* on\w+=/i.test(html), "html: events");
  for (const [, , address] of html.matchAll(/<[^>]* (href|src)="([^"]*)"/g)) check(isWhole(address) || /^(mailto|tel):/.test(address!), `html: ${address} is not whole`);
  check(!/ (srcset|style)=/.test(html.replace(/>[^<]*</g, "><")), "html: attributes that readers drop");
}

function once(element: XmlElement, name: string): boolean {
  const found = all(element, name);
  return found.length === 1 && found[0]!.text.trim() !== "";
}

/** The day of the week must be that day's. */
function isRfc822(date = ""): boolean {
  return RFC_822.test(date) && new Date(date).toUTCString() === date;
}

function isWhole(address = ""): boolean {
  return /^https?:\/\/[^\s<>"]+$/.test(address) && URL.canParse(address);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
