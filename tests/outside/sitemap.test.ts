import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { addressesOf, listParts } from "#app/outside/sitemap.ts";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { all, readXml, textOf } from "#tests/support/read-xml.ts";
import { visit } from "#tests/support/visit.ts";

const fresh = { cookie: "wellspring_none=1" };
const locs = async (path: string) => all(readXml(await (await visit(path, fresh)).text()), "url").map((url) => textOf(url, "loc")!.replace(config.baseUrl, ""));

test("the map names its parts, and they name what guests may read", async () => {
  const category = await make.category();
  const topic = await make.topic({ categoryId: category.id, lastPostAt: new Date("2030-04-05T06:07:08Z") });
  const index = readXml(await (await visit("/sitemap.xml", fresh)).text());
  const parts = all(index, "sitemap").map((part) => [textOf(part, "loc")!.replace(config.baseUrl, ""), textOf(part, "lastmod")]);
  expect(parts).toEqual([["/sitemaps/places/1.xml", undefined], [`/sitemaps/topics/${Math.ceil(topic.id / 50_000)}.xml`, "2030-04-05T06:07:08.000Z"]]);
  expect(await locs(parts[1]![0]!)).toEqual([`/t/${topic.slug}/${topic.id}`]);
  expect(await locs("/sitemaps/places/1.xml")).toContain(`/c/${category.slug}/${category.id}`);
});

test("nothing that guests may not see is in it, nor when it changed, nor what is in no list, is removed, or is at home elsewhere", async () => {
  const open = await make.category();
  const shown = await make.topic({ categoryId: open.id, lastPostAt: new Date("2030-01-01T00:00:00Z") });
  const lounge = await make.category({ members: "create" });
  const late = { lastPostAt: new Date("2031-01-01T00:00:00Z") };
  await make.topic({ categoryId: lounge.id, ...late });
  await make.topic({ categoryId: open.id, unlistedAt: new Date(), ...late });
  await make.topic({ categoryId: open.id, removedAt: new Date(), ...late });
  const article = await make.article();
  await make.article({ blogId: article.blogId, canonicalUrl: "https://elsewhere.example/a" });
  for (const state of ["draft", "scheduled", "unpublished"] as const) await make.article({ blogId: article.blogId, state, publishAt: new Date("2031-01-01") });
  await make.article({ blogId: article.blogId, removedAt: new Date() });
  const page = await make.page();
  await make.page({ wikiId: page.wikiId, publishedRevision: 0 });
  await make.page({ wikiId: page.wikiId, isTemplate: true });
  await make.page({ wikiId: page.wikiId, removedAt: new Date() });
  await make.page({ categoryId: lounge.id, wikiId: page.wikiId });

  const parts = await listParts();
  expect(parts.map(({ kind }) => kind)).toEqual(["topics", "articles", "pages"]);
  expect(parts[0]!.changedAt).toEqual(new Date("2030-01-01T00:00:00Z"));
  const found = await Promise.all(parts.map(({ kind, part }) => locs(`/sitemaps/${kind}/${part}.xml`)));
  expect(found[0]).toEqual([`/t/${shown.slug}/${shown.id}`]);
  expect(found[1]!.map((loc) => Number(/-(\d+)$/.exec(loc)![1]))).toEqual([article.id]);
  expect(found[2]!.map((loc) => Number(/-(\d+)$/.exec(loc)![1]))).toEqual([page.id]);
  const places = await locs("/sitemaps/places/1.xml");
  expect(places.join()).not.toContain(lounge.slug);
});

test("a large site is cut by ids, each address in one part, and none left out", async () => {
  const category = await make.category();
  const ids: number[] = [];
  for (let at = 0; at < 7; at++) ids.push((await make.topic({ categoryId: category.id })).id);
  await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, ids[2]!));
  const parts = await listParts(3);
  const found: number[] = [];
  for (const { kind, part } of parts) {
    const addresses = [];
    for await (const batch of addressesOf(kind, part, 3)) addresses.push(...batch);
    expect(addresses.length).toBeLessThanOrEqual(3);
    found.push(...addresses.map(({ path }) => Number(path.split("/").at(-1))));
  }
  expect(found).toEqual(ids.filter((id) => id !== ids[2]));
});

test("parts that cannot be are not there", async () => {
  for (const part of ["topics/0", "topics/99", "topics/x", "topics/1e3", "places/2", "members/1", "topics/99999999999999999999"]) {
    const answer = await visit(`/sitemaps/${part}.xml`, fresh);
    expect(answer.status, part).toBe(404);
  }
});

test("robots are told where the map is, and what not to look at", async () => {
  const robots = await (await visit("/robots.txt")).text();
  expect(robots).toContain(`Sitemap: ${config.baseUrl}/sitemap.xml`);
  expect(robots).toContain("Disallow: /search");
});
