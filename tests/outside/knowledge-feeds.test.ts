import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { revokeRight } from "#app/community/rights.ts";
import { guest } from "#app/core/viewer.ts";
import { readFeed } from "#app/outside/feeds.ts";
import { writeFeed } from "#app/outside/write-feed.ts";
import { db } from "#db/client.ts";
import { articles, articleTags, blogSeries } from "#db/schema/blogs.ts";
import { tags } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { all, readXml, textOf } from "#tests/support/read-xml.ts";

const titlesOf = async (path: string) => (await readFeed(guest, path, "Site")).entries.map(({ title }) => title);

test("a blog, its authors, tags and series have feeds of what is published, the newest first", async () => {
  const [ada, max] = [await make.member({ role: "editor", username: "ada" }), await make.member({ role: "editor", username: "max" })];
  const blog = await make.blog({ slug: "workshop" });
  const [series] = await db.insert(blogSeries).values({ blogId: blog.id, slug: "pumps", title: "Pumps" }).returning();
  const [tag] = await db.insert(tags).values({ slug: "heat", name: "Heat" }).returning();
  const first = await make.article({ blogId: blog.id, authorId: ada.id, title: "First & last", seriesId: series!.id, publishedAt: new Date("2030-01-01T00:00:00Z") });
  await make.article({ blogId: blog.id, authorId: max.id, title: "Second", publishedAt: new Date("2030-02-01T00:00:00Z") });
  const draft = await make.article({ blogId: blog.id, authorId: ada.id, title: "Zephyrquill", state: "draft", seriesId: series!.id });
  await make.article({ blogId: blog.id, title: "Gone", removedAt: new Date() });
  await db.insert(articleTags).values([first, draft].map(({ id }) => ({ articleId: id, tagId: tag!.id })));

  expect(await titlesOf("/b/workshop")).toEqual(["Second", "First & last"]);
  for (const path of ["/b/workshop/by/ada/articles", "/b/workshop/tag/heat/articles", "/b/workshop/series/pumps"]) expect(await titlesOf(path), path).toEqual(["First & last"]);
  const feed = await readFeed(guest, "/b/workshop", "Site");
  const items = all(all(readXml(writeFeed(feed, "rss", { site: "Site" })), "channel")[0]!, "item");
  expect(textOf(items[1]!, "pubDate")).toBe("Tue, 01 Jan 2030 00:00:00 GMT");
  expect(textOf(items[1]!, "guid")).toMatch(new RegExp(`:article:${first.id}$`));
  expect(textOf(items[1]!, "category")).toBe("Heat");

  await db.update(articles).set({ state: "unpublished" }).where(eq(articles.id, first.id));
  expect(await titlesOf("/b/workshop")).toEqual(["Second"]);
  // What nobody may read of is not named.
  for (const path of ["/b/workshop/tag/heat/articles", "/b/workshop/series/pumps"]) await expect(readFeed(guest, path, "Site"), path).rejects.toThrow("core.notFound");
  await revokeRight(await make.member({ role: "owner" }), { categoryId: blog.categoryId, groupId: (await make.group("everyone")).id });
  await expect(readFeed(guest, "/b/workshop", "Site")).rejects.toThrow("core.notFound");
});

test("a wiki's feed tells each published state of its pages once, and nothing of drafts and closed parts", async () => {
  const wiki = await make.wiki({ slug: "handbook" });
  const page = await make.page({ wikiId: wiki.id, title: "Installing", editedAt: new Date("2030-01-01T00:00:00Z"), body: text("Mount it.") });
  await make.page({ wikiId: wiki.id, title: "Template", isTemplate: true });
  await make.page({ wikiId: wiki.id, title: "Draft", publishedRevision: 0 });
  const lounge = await make.category({ members: "create" }, { holds: "wiki" });
  await make.page({ wikiId: wiki.id, title: "Prices", categoryId: lounge.id });
  const [entry, ...others] = (await readFeed(guest, "/w/handbook", "Site")).entries;
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ title: "Installing", html: expect.stringContaining("Mount it.") });
  expect(entry!.id).toMatch(new RegExp(`:page:${page.id}:1$`));
  await db.update(pages).set({ removedAt: new Date() }).where(eq(pages.id, page.id));
  expect((await readFeed(guest, "/w/handbook", "Site")).entries).toEqual([]);
});
