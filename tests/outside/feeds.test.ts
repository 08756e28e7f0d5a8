import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { revokeRight } from "#app/community/rights.ts";
import { config } from "#app/core/config.ts";
import { parseRichText } from "#app/core/rich-text.ts";
import { editTopic } from "#app/forums/change-topic.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { hostileStrings } from "#tests/support/hostile.ts";
import { make, text } from "#tests/support/make.ts";
import { all, readXml, textOf, type XmlElement } from "#tests/support/read-xml.ts";
import { visit } from "#tests/support/visit.ts";

/** Past what is kept for guests. */
const fresh = { cookie: "wellspring_none=1" };

async function rssOf(path: string): Promise<{ channel: XmlElement; items: XmlElement[]; answer: Response }> {
  const answer = await visit(`${path}.rss`, fresh);
  const channel = all(readXml(await answer.text()), "channel")[0]!;
  return { channel, items: all(channel, "item"), answer };
}

async function aPlace() {
  const owner = await make.member({ role: "owner" });
  const category = await make.category({ everyone: "see", members: "create" });
  const topic = await createTopic(owner, category.id, { title: "Pumps & seals", kind: "discussion", body: text("They drip."), tags: ["pumps"], key: undefined });
  return { owner, category, topic, path: `/t/${topic.slug}/${topic.id}` };
}

test("every list has an RSS and an Atom feed and a JSON feed, each with the newest topics first", async () => {
  const { owner, category, topic } = await aPlace();
  const later = await createTopic(owner, category.id, { title: "Valves", kind: "question", body: text("They stick."), tags: ["pumps"], key: undefined });
  const division = (await visit(`/c/${category.slug}/${category.id}`, fresh).then((page) => page.text())).match(/\/d\/[\w-]+/)![0];
  for (const path of ["/latest", division, `/c/${category.slug}/${category.id}`, "/tag/pumps/topics", `/u/${owner.username}/topics`]) {
    const { items, answer, channel } = await rssOf(path);
    expect(answer.headers.get("content-type"), path).toContain("application/rss+xml");
    expect(items.map((item) => textOf(item, "title")), path).toEqual(["Valves", "Pumps & seals"]);
    expect(textOf(items[0]!, "link")).toBe(`${config.baseUrl}/t/${later.slug}/${later.id}`);
    expect(textOf(items[1]!, "content:encoded")).toContain("<p>They drip.</p>");
    expect(all(channel, "atom:link")[0]!.attributes.href).toBe(`${config.baseUrl}${path}.rss`);

    const atom = readXml(await (await visit(`${path}.atom`, fresh)).text());
    const entries = all(atom, "entry");
    expect(entries.map((entry) => textOf(entry, "id"))).toEqual(items.map((item) => textOf(item, "guid")));
    for (const date of [textOf(atom, "updated")!, ...entries.flatMap((entry) => [textOf(entry, "published")!, textOf(entry, "updated")!])]) expect(new Date(date).toISOString()).toBe(date);
    expect(entries.every((entry) => all(entry, "author").length === 1)).toBe(true);
    for (const item of items) expect(textOf(item, "pubDate")).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);

    const json = (await (await visit(`${path}.json`, fresh)).json()) as { version: string; items: { id: string; tags: string[] }[] };
    expect(json.version).toBe("https://jsonfeed.org/version/1.1");
    expect(json.items.map(({ id }) => id)).toEqual(items.map((item) => textOf(item, "guid")));
    expect(json.items[1]).toMatchObject({ tags: ["pumps"] });
  }
  expect(topic.id).toBeLessThan(later.id);
});

test("a topic's feed tells its replies, the newest first, and nothing that was removed", async () => {
  const { topic, path } = await aPlace();
  const gone = await make.post({ topicId: topic.id, body: text("Marmalade.") });
  await make.post({ topicId: topic.id, body: text("Replace the seal.") });
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, gone.id));
  const { items } = await rssOf(path);
  expect(items.map((item) => textOf(item, "link"))).toEqual([`${config.baseUrl}${path}/3`, `${config.baseUrl}${path}`]);
  expect(JSON.stringify(items)).not.toContain("Marmalade");
});

test("whoever speaks for the company is named so in every feed", async () => {
  const { owner, path } = await aPlace();
  await db.update(members).set({ name: "Ada Lovelace", label: "employee" }).where(eq(members.id, owner.id));
  expect(textOf((await rssOf(path)).items[0]!, "dc:creator")).toBe("Ada Lovelace (Employee)");
  const [author] = all(all(readXml(await (await visit("/latest.atom", fresh)).text()), "entry")[0]!, "author");
  expect(textOf(author!, "name")).toBe("Ada Lovelace (Employee)");
  const json = (await (await visit("/latest.json", fresh)).json()) as { items: { authors: { name: string }[] }[] };
  expect(json.items[0]!.authors).toMatchObject([{ name: "Ada Lovelace (Employee)" }]);
});

test("what an entry is known by survives a new title", async () => {
  const { owner, category, topic } = await aPlace();
  const before = textOf((await rssOf("/latest")).items[0]!, "guid");
  await editTopic(owner, topic.id, { title: "Gaskets", kind: "discussion", tags: [], categoryId: category.id, reason: "" });
  const [item] = (await rssOf("/latest")).items;
  expect([textOf(item!, "title"), textOf(item!, "guid")]).toEqual(["Gaskets", before]);
  expect(before).toMatch(new RegExp(`^tag:[\\w.-]+,2026:topic:${topic.id}$`));
});

test("a feed by an old name leads to the right one", async () => {
  const { topic, path } = await aPlace();
  const answer = await visit(`/t/old-name/${topic.id}.atom`, fresh);
  expect([answer.status, new URL(answer.headers.get("location")!, config.baseUrl).pathname]).toEqual([301, `${path}.atom`]);
});

test("feeds are well-formed whatever a topic is called", async () => {
  const { owner, category } = await aPlace();
  const titles = [...hostileStrings().slice(0, 25), "a\u0001b\u0008c\ufffe", "]]>", "&amp;&lt;", "😀 \u202eevil"].map((title) => title.replaceAll("\0", "").slice(0, 190)).filter((title) => title.trim() !== "");
  for (const title of titles) {
    const topic = await make.topic({ title, categoryId: category.id, authorId: owner.id, excerpt: title });
    await make.post({ topicId: topic.id, body: text(title) });
  }
  const { items } = await rssOf("/latest");
  expect(items.length).toBe(30);
  expect(items.every((item) => textOf(item, "title"))).toBe(true);
  const atom = readXml(await (await visit("/latest.atom", fresh)).text());
  expect(all(atom, "entry").length).toBe(30);
  expect(["\u0001", "\u0008", "\ufffe"].filter((sign) => atom.text.includes(sign))).toEqual([]);
  expect(((await (await visit("/latest.json", fresh)).json()) as { items: unknown[] }).items.length).toBe(30);
});

test("links and pictures in a feed have whole addresses, and words that look like them stay words", async () => {
  const { topic, path } = await aPlace();
  await make.post({ topicId: topic.id, body: parseRichText({ type: "doc", content: [
    { type: "paragraph", content: [{ type: "text", text: "here", marks: [{ type: "link", attrs: { href: "/latest" } }] }, { type: "text", text: ' write href="/x"' }] },
    { type: "paragraph", content: [{ type: "image", attrs: { key: "A".repeat(22), width: 2000, height: 1000, alt: "A valve" } }] },
  ] }) });
  const html = textOf((await rssOf(path)).items[0]!, "content:encoded")!;
  expect(html).toContain(`href="${config.baseUrl}/latest"`);
  expect(html).toContain(`src="${config.baseUrl}/files/${"A".repeat(22)}/`);
  expect(html).toContain('write href="/x"');
  expect(html).not.toMatch(/srcset|loading=/);
});

test("a reader that has a feed already is sent no bytes, and is as soon as something changed", async () => {
  const { owner, category } = await aPlace();
  const path = `/c/${category.slug}/${category.id}.rss`;
  const first = await vi.waitFor(async () => {
    const answer = await visit(path);
    expect(answer.headers.get("x-cache")).toBe("hit");
    return answer;
  }, 5000);
  const etag = first.headers.get("etag")!;
  const lastModified = first.headers.get("last-modified")!;
  expect(first.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const [name, value] of [["if-none-match", etag], ["if-modified-since", lastModified]] as const) expect((await visit(path, { headers: { [name]: value } })).status).toBe(304);
  expect((await visit(path, { headers: { "if-none-match": '"other"', "if-modified-since": lastModified } })).status).toBe(200);
  const own = await visit(path, fresh);
  expect((await visit(path, { ...fresh, headers: { "if-none-match": own.headers.get("etag")! } })).status).toBe(304);

  await createTopic(owner, category.id, { title: "A new one", kind: "discussion", body: text("Yes."), tags: [], key: undefined });
  await vi.waitFor(async () => {
    const answer = await visit(path, { headers: { "if-none-match": etag } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("A new one");
  }, 5000);
});

test("feeds hold what a guest may see, whoever asks for them", async () => {
  const { owner, category, path, topic } = await aPlace();
  const lounge = await make.category({ members: "create" });
  const hidden = await createTopic(owner, lounge.id, { title: "Zephyrquill", kind: "discussion", body: text("Quiet."), tags: ["pumps"], key: undefined });
  for (const feed of ["/latest", `/tag/pumps/topics`, `/u/${owner.username}/topics`]) {
    for (const as of [undefined, owner]) {
      const answer = await (await visit(`${feed}.atom`, as ? { as } : fresh)).text();
      expect(answer, feed).toContain("Pumps");
      expect(answer, feed).not.toContain("Zephyrquill");
    }
  }
  for (const feed of [`/c/${lounge.slug}/${lounge.id}`, `/t/${hidden.slug}/${hidden.id}`]) expect((await visit(`${feed}.rss`, { as: owner })).status, feed).toBe(404);

  await db.update(topics).set({ unlistedAt: new Date() }).where(eq(topics.id, topic.id));
  expect((await visit(`${path}.rss`, fresh)).status).toBe(404);
  expect((await rssOf("/latest")).items).toEqual([]);
  await db.update(topics).set({ unlistedAt: null }).where(eq(topics.id, topic.id));
  expect((await rssOf("/latest")).items.length).toBe(1);
  await revokeRight(owner, { categoryId: category.id, groupId: (await make.group("everyone")).id });
  expect((await rssOf("/latest")).items).toEqual([]);
  expect((await visit(`${path}.rss`, fresh)).status).toBe(404);
});

test("every page with a list says where its feeds are, and each of them answers", async () => {
  const { owner, category, path } = await aPlace();
  for (const page of ["/", `/c/${category.slug}/${category.id}`, path, "/tag/pumps", `/u/${owner.username}`]) {
    const html = await (await visit(page, fresh)).text();
    const head = html.slice(0, html.indexOf("</head>"));
    const feeds = [...head.matchAll(/<link rel="alternate" type="(application\/[^"]+)" title="[^"]+" href="([^"]+)"/g)];
    expect(feeds.map(([, type]) => type), page).toEqual(["application/rss+xml", "application/atom+xml", "application/feed+json"]);
    for (const [, , href] of feeds) expect((await visit(href!.replace(config.baseUrl, ""), fresh)).status, href).toBe(200);
  }
});
