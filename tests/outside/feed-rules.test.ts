import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { config } from "#app/core/config.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import { setTopicTags } from "#app/forums/tags.ts";
import { guest } from "#app/core/viewer.ts";
import { readFeed } from "#app/outside/feeds.ts";
import { feedFormats, type FeedFormat } from "#app/outside/paths.ts";
import { writeFeed } from "#app/outside/write-feed.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, articleTags, blogs, blogSeries, blogSlugs } from "#db/schema/blogs.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { tags, topics } from "#db/schema/forums.ts";
import { pages, wikis, wikiSlugs } from "#db/schema/wikis.ts";
import { atomFaults, jsonFaults, rssFaults } from "#tests/support/feed-rules.ts";
import { hostileStrings } from "#tests/support/hostile.ts";
import { make } from "#tests/support/make.ts";

const faultsOf: Record<FeedFormat, (text: string, self: string) => string[]> = { rss: rssFaults, atom: atomFaults, json: jsonFaults };

/** One of everything that a text can hold. */
const everything = markdownToDocument(`# Heading

See [here](/latest), [there](https://elsewhere.example/?a=1&b=<2>), [below](#heading) and <mailto:a@example.com>.

> Quoted & *kept*.

- one
  1. two

| a | b |
|---|---|
| 1 | \`x < y\` |

\`\`\`js
alert("</script>");
\`\`\`

***

Line one\\
line two`);

/** A place of each kind with something in it, all called the same. */
async function world(title: string) {
  const author = await make.member({ role: "owner", name: title.slice(0, 60) });
  const category = await make.category(undefined, { name: title.slice(0, 80), description: title });
  const topic = await make.topic({ categoryId: category.id, authorId: author.id, title, excerpt: title });
  await make.post({ topicId: topic.id, body: everything, editedAt: new Date() });
  await make.post({ topicId: topic.id, body: everything });
  await db.transaction((tx) => setTopicTags(tx, topic.id, ["pumps"]));
  const blog = await make.blog({ name: title, description: title });
  const [series] = await db.insert(blogSeries).values({ blogId: blog.id, slug: "parts", title }).returning();
  const [tag] = await db.select().from(tags).where(eq(tags.slug, "pumps"));
  const article = await make.article({ blogId: blog.id, authorId: author.id, title, excerpt: title, seriesId: series!.id, body: everything });
  await db.insert(articleTags).values({ articleId: article.id, tagId: tag!.id });
  const wiki = await make.wiki({ name: title, description: title });
  const page = await make.page({ wikiId: wiki.id, title, body: everything });
  const [division] = await db.select().from(divisions).where(eq(divisions.id, category.divisionId));
  const lists = () => [
    "/latest", "/blogs", `/d/${division!.slug}`, `/c/x/${category.id}`, `/t/x/${topic.id}`, "/tag/pumps/topics", `/u/${author.username}/topics`,
    `/b/${blog.slug}`, `/b/${blog.slug}/by/${author.username}/articles`, `/b/${blog.slug}/tag/pumps/articles`, `/b/${blog.slug}/series/parts`, `/w/${wiki.slug}`,
  ];
  return { author, category, topic, blog, series: series!, article, wiki, page, division: division!, lists };
}

test("every feed in every form is as the standards ask, whatever things are called", async () => {
  const titles = ["Pumps & seals", "]]></title><script>alert(1)</script>", "a\u0001b\u0008\u000bc\ufffe\u{1f600}\u202e", "  ", "\u0001", ...hostileStrings().slice(0, 3).map((title) => title.replaceAll("\0", "").slice(0, 150))];
  for (const [at, title] of titles.entries()) {
    const { lists } = await world(title);
    for (const list of lists()) {
      const feed = await readFeed(guest, list, "Site");
      expect(feed.entries.length, list).toBeGreaterThan(0);
      for (const format of feedFormats) {
        const self = `${config.baseUrl}${feed.path}.${format}`;
        const hub = at % 2 ? "https://hub.example/?a=1&b=2" : undefined;
        expect(faultsOf[format](writeFeed(feed, format, { site: "Site", hub }), self), `${list} as ${format} of ${JSON.stringify(title)}`).toEqual([]);
      }
    }
    for (const table of [articleTags, articles, blogSeries]) await db.delete(table);
  }
});

test("the rules find what they are to find", () => {
  const self = "https://a.example/x.rss";
  const item = `<item><title>x</title><link>https://a.example/1</link><guid isPermaLink="false">1</guid><pubDate>Tue, 01 Jan 2030 00:00:00 GMT</pubDate></item>`;
  const rss = (inside: string) => `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title><link>https://a.example/</link><description>x</description><atom:link rel="self" type="application/rss+xml" href="${self}"/><lastBuildDate>Tue, 01 Jan 2030 00:00:00 GMT</lastBuildDate>${inside}</channel></rss>`;
  expect(rssFaults(rss(item), self)).toEqual([]);
  expect(rssFaults(rss(item + item), self)).toEqual(["guids are not unique"]);
  expect(rssFaults(rss(item.replace("Tue", "Mon")), self)).toHaveLength(1);
  expect(rssFaults(rss(item.replace(' isPermaLink="false"', "")), self)).toHaveLength(1);
  expect(rssFaults(rss(item.replace("https://a.example/1", "/1")), self)).toHaveLength(1);
  expect(rssFaults(rss(item), "https://a.example/y.rss")).toHaveLength(1);
  expect(() => rssFaults(rss("<item>&nbsp;</item>"), self)).toThrow();
  expect(() => rssFaults(rss("<item>\u0001</item>"), self)).toThrow();
});

test("no id ever changes, whatever is renamed, moved, edited or published again", async () => {
  const { author, category, topic, blog, series, article, wiki, page, division, lists } = await world("Pumps");
  const idsOf = async (paths: string[]) => Promise.all(paths.map(async (list) => {
    const { key, entries } = await readFeed(guest, list, "Site");
    return [key, ...entries.map(({ id }) => id).sort()];
  }));
  const before = await idsOf(lists());
  const old = { blog: blog.slug, wiki: wiki.slug };
  await db.update(topics).set({ title: "Valves", slug: "valves", categoryId: category.id }).where(eq(topics.id, topic.id));
  await db.update(categories).set({ name: "Elsewhere", slug: "elsewhere" }).where(eq(categories.id, category.id));
  await db.update(divisions).set({ slug: "north", name: "North" }).where(eq(divisions.id, division.id));
  await db.update(members).set({ username: "grete", usernameSkeleton: "grete" }).where(eq(members.id, author.id));
  await db.update(blogs).set({ slug: "letters", name: "Letters" }).where(eq(blogs.id, blog.id));
  await db.insert(blogSlugs).values({ slug: old.blog, blogId: blog.id });
  await db.update(wikis).set({ slug: "manual" }).where(eq(wikis.id, wiki.id));
  await db.insert(wikiSlugs).values({ slug: old.wiki, wikiId: wiki.id });
  await db.update(blogSeries).set({ slug: "pieces" }).where(eq(blogSeries.id, series.id));
  await db.update(articles).set({ title: "New", slug: "new-title", editedAt: new Date(), ...renderedBody(everything), publishedAt: new Date("2020-01-01") }).where(eq(articles.id, article.id));
  await db.update(pages).set({ title: "Other", slug: "other", editedAt: new Date() }).where(eq(pages.id, page.id));
  const now = [
    "/latest", "/blogs", "/d/north", `/c/x/${category.id}`, `/t/x/${topic.id}`, "/tag/pumps/topics", "/u/grete/topics",
    "/b/letters", "/b/letters/by/grete/articles", "/b/letters/tag/pumps/articles", "/b/letters/series/pieces", "/w/manual",
  ];
  expect(await idsOf(now)).toEqual(before);
  // A blog and a wiki are found by the name they had.
  expect((await readFeed(guest, `/b/${old.blog}`, "Site")).path).toBe("/b/letters");
  expect((await readFeed(guest, `/w/${old.wiki}`, "Site")).path).toBe("/w/manual");
});
