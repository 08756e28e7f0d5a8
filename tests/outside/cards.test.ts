import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { storeImage } from "#app/core/files/files.ts";
import type { Member } from "#app/core/viewer.ts";
import { cardFont } from "#app/outside/cards/card-font.ts";
import { drawable } from "#app/outside/cards/card-words.ts";
import { drawCard } from "#app/outside/cards/draw-card.ts";
import { db } from "#db/client.ts";
import { articles } from "#db/schema/blogs.ts";
import { topics } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { hostileStrings } from "#tests/support/hostile.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

config.dataDir = mkdtempSync(path.join(tmpdir(), "wellspring-cards-"));
afterAll(() => rmSync(config.dataDir, { recursive: true, force: true }));

const fresh = { cookie: "wellspring_none=1" };

async function headOf(address: string, as?: Member) {
  const html = await (await visit(address, as ? { as } : fresh)).text();
  const contentOf = (name: string) => new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];
  return { contentOf, card: contentOf("og:image")!.replace(config.baseUrl, "") };
}

async function shown() {
  const author = await make.member({ role: "editor" });
  const topic = await make.topic({ title: "Why does it drip?", authorId: author.id });
  await make.post({ topicId: topic.id });
  const article = await make.article({ authorId: author.id, blogId: (await make.blog({ slug: "workshop" })).id });
  const page = await make.page({ wikiId: (await make.wiki({ slug: "manual" })).id });
  const paths = [`/t/${topic.slug}/${topic.id}`, `/b/workshop/${article.slug}-${article.id}`, `/w/manual/${page.slug}-${page.id}`, `/u/${author.username}`];
  return { author, topic, article, page, paths };
}

test("a page without a picture has a card of 1200 by 630, and says so where it is shared", async () => {
  const { paths } = await shown();
  const cards = new Set<string>();
  for (const address of paths) {
    const { card, contentOf } = await headOf(address);
    expect(card, address).toMatch(/^\/cards\/\w+\/\d+\/[a-z0-9]+\.png$/);
    expect([contentOf("og:image:width"), contentOf("og:image:height"), contentOf("twitter:card")]).toEqual(["1200", "630", "summary_large_image"]);
    expect(contentOf("og:image:alt")).toContain("Wellspring");
    const answer = await visit(card);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cross-origin-resource-policy")], address).toEqual([200, "image/png", "cross-origin"]);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
    expect(answer.headers.get("x-robots-tag")).toBeNull();
    const { width, height, format } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([width, height, format]).toEqual([1200, 630, "png"]);
    expect((await visit(card, { headers: { "if-none-match": answer.headers.get("etag")! } })).status).toBe(304);
    cards.add(card);
  }
  expect(cards.size).toBe(paths.length);
});

test("a card is there for whom its page is there, at every moment", async () => {
  const { topic, article, page, paths, author } = await shown();
  const cards = await Promise.all(paths.map(async (address) => (await headOf(address)).card));
  await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
  await db.update(articles).set({ state: "unpublished" }).where(eq(articles.id, article.id));
  await db.update(pages).set({ publishedRevision: 0 }).where(eq(pages.id, page.id));
  for (const card of cards.slice(0, 3)) {
    expect((await visit(card)).status, card).toBe(404);
    // Nor may its author hand on the words of a draft by it.
    expect((await visit(card, { as: author })).status, card).toBe(404);
  }
  const [member, outsider] = [await make.member({ role: "owner" }), await make.member()];
  const lounge = await make.category({ staff: "create" });
  const hidden = await make.topic({ categoryId: lounge.id, title: "Zephyrquill" });
  await make.post({ topicId: hidden.id });
  const { card } = await headOf(`/t/${hidden.slug}/${hidden.id}`, member);
  const seen = await visit(card, { as: member });
  expect([seen.status, seen.headers.get("cache-control")]).toEqual([200, "private, max-age=60"]);
  for (const as of [undefined, outsider]) {
    for (const address of [card, `/cards/topic/${hidden.id}`]) expect([(await visit(address, { as })).status, (await visit(address, { as })).headers.get("location")]).toEqual([404, null]);
  }
  for (const none of ["/cards/topic/999999", "/cards/post/1", "/cards/topic/x", "/cards/topic/0/x.png", "/cards/member/999", `/cards/member/${author.id}`, `/cards/member/${author.id}/x.png`]) expect((await visit(none)).status, none).toBe(404);
});

test("its address is by what stands on it: one with old words leads to the new", async () => {
  const { topic, paths } = await shown();
  const { card } = await headOf(paths[0]!);
  await db.update(topics).set({ title: "Why does it leak?" }).where(eq(topics.id, topic.id));
  const moved = await visit(card);
  const next = moved.headers.get("location")!;
  expect(moved.status).toBe(302);
  expect(next).toMatch(new RegExp(`^/cards/topic/${topic.id}/[a-z0-9]+\\.png$`));
  expect(next).not.toBe(card);
  expect((await visit(next)).status).toBe(200);
  expect((await visit(`/cards/topic/${topic.id}`)).headers.get("location")).toBe(next);
});

test("an article with a cover is shared with that", async () => {
  const { article, paths } = await shown();
  const owner = await make.member();
  const cover = await storeImage(owner, { name: "a.jpg", bytes: await sharp({ create: { width: 600, height: 300, channels: 3, background: "red" } }).jpeg().toBuffer() }, "post");
  await db.update(articles).set({ coverFileId: cover.id, coverAlt: "A seal" }).where(eq(articles.id, article.id));
  const { card, contentOf } = await headOf(paths[1]!);
  expect(card).toContain(`/files/${cover.storageKey}/`);
  expect([contentOf("og:image:alt"), contentOf("og:image:width"), contentOf("og:image:height"), contentOf("twitter:card")]).toEqual(["A seal", "600", "300", "summary_large_image"]);
});

const words = { title: "Pumps", place: "Help", accent: "#2f6f5e", site: "Site" };

test("no title breaks a card, is markup in it, or shows as boxes", async () => {
  const font = cardFont()!;
  expect(drawable("Насос & κλαπέ: Việt", font.covers)).toBe("Насос & κλαπέ: Việt");
  expect(drawable("漢字のタイトル", font.covers)).toBeNull();
  expect(drawable("Pump 😀 leaks \u202egnp.exe\u0007\n now", font.covers)).toBe("Pump leaks gnp.exe now");
  expect([...drawable("word ".repeat(60), font.covers)!].length).toBeLessThanOrEqual(151);
  expect(drawable(" \u200b ", font.covers)).toBeNull();
  for (const title of ["<span size='900000'>x</span>", "&lt;b", "<", "x".repeat(200), ...hostileStrings().slice(0, 3), ""]) {
    const { width, height } = await sharp(await drawCard({ ...words, title, place: title, site: title })).metadata();
    expect([width, height], title).toEqual([1200, 630]);
  }
  // What the font has no picture of leaves no trace.
  expect(await drawCard({ ...words, title: "Pumps \u{1f9c1}" })).toEqual(await drawCard(words));
  expect(await drawCard({ ...words, title: "漢字" })).toEqual(await drawCard({ ...words, title: "標題" }));
  expect(await drawCard({ ...words, title: "Valves" })).not.toEqual(await drawCard(words));
});

test("on a server without the font a card is the mark alone", async () => {
  const { wellspring } = globalThis as unknown as { wellspring: Map<string, unknown> };
  const font = cardFont();
  wellspring.set("card font", null);
  try {
    const plain = await drawCard(words);
    expect((await sharp(plain).metadata()).width).toBe(1200);
    expect(plain).toEqual(await drawCard({ ...words, title: "Valves", site: "Other" }));
  } finally {
    wellspring.set("card font", font);
  }
});
