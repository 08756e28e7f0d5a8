import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { db } from "#db/client.ts";
import { articles, articleTags, blogs } from "#db/schema/blogs.ts";
import { posts, tags, topics, topicTags } from "#db/schema/forums.ts";
import { searchSynonyms } from "#db/schema/search.ts";
import { pageRevisions, pages } from "#db/schema/wikis.ts";
import type { SearchEngine, SearchRequest } from "#search/engine.ts";
import { parseQuery } from "#search/query-language.ts";
import { make, text } from "#tests/support/make.ts";
import { enginesUnderTest } from "#tests/support/search-engines.ts";

describe.each(enginesUnderTest)("search by $name", ({ start }) => {
  let engine: SearchEngine;
  let settle: () => Promise<void>;
  let stop: () => Promise<void>;
  beforeAll(async () => void ({ engine, settle, stop } = await start()));
  afterAll(() => stop());

  const ask = async (words: string, values: Partial<SearchRequest> = {}) => {
    await settle();
    const categoryIds = (await db.select({ id: topics.categoryId }).from(topics)).map(({ id }) => id);
    return engine.search({ query: parseQuery(words), categoryIds, order: "relevance", page: 1, pageSize: 20, ...values });
  };
  const groupsOf = async (words: string, values: Partial<SearchRequest> = {}) => (await ask(words, values)).hits.map(({ groupId }) => groupId).sort((a, b) => a - b);

  test("a topic is found by its title, its text and its answers", async () => {
    const topic = await topicWith("Display flickers", "Since the last update mine goes dark.", "Try another charger.");
    for (const words of ["display", "update", "charger"]) expect(await groupsOf(words), words).toEqual([topic.id]);
    expect(await groupsOf("unicorn")).toEqual([]);
  });

  test("a topic with many matching posts is one result", async () => {
    const topic = await topicWith("Rims", "Which rims?", "Rims of aluminium.", "Rims of carbon.");
    const answer = await ask("rims");
    expect([answer.hits.map(({ groupId }) => groupId), answer.found]).toEqual([[topic.id], 1]);
  });

  test("nothing outside the searcher's categories is found, counted or hinted at", async () => {
    const open = await topicWith("Brakes squeal", "Loud.");
    await topicWith("Brakes recall plan", "Secret.");
    const answer = await ask("brakes", { categoryIds: [open.categoryId] });
    expect([answer.hits.map(({ groupId }) => groupId), answer.found, answer.facets.category]).toEqual([[open.id], 1, [{ value: String(open.categoryId), count: 1 }]]);
    expect(await groupsOf("brakes", { categoryIds: [] })).toEqual([]);
  });

  test("what is removed, restored, edited, renamed, unlisted or moved is found accordingly", async () => {
    const topic = await topicWith("Battery", "Drains overnight.", "Same with mine, a lemon.");
    const [answer] = await db.select().from(posts).where(eq(posts.number, 2));
    await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, answer!.id));
    expect(await groupsOf("lemon")).toEqual([]);
    await db.update(posts).set({ removedAt: null, ...renderedBody(text("Same with mine, a peach.")) }).where(eq(posts.id, answer!.id));
    expect([await groupsOf("lemon"), await groupsOf("peach")]).toEqual([[], [topic.id]]);
    await db.update(topics).set({ title: "Accumulator" }).where(eq(topics.id, topic.id));
    expect([await groupsOf("battery"), await groupsOf("accumulator")]).toEqual([[], [topic.id]]);
    await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
    expect(await groupsOf("accumulator")).toEqual([]);
    await db.update(topics).set({ removedAt: null, unlistedAt: new Date() }).where(eq(topics.id, topic.id));
    expect(await groupsOf("accumulator")).toEqual([]);
    const elsewhere = await make.category();
    await db.update(topics).set({ unlistedAt: null, categoryId: elsewhere.id }).where(eq(topics.id, topic.id));
    expect([await groupsOf("peach", { categoryIds: [topic.categoryId] }), await groupsOf("peach", { categoryIds: [elsewhere.id] })]).toEqual([[], [topic.id]]);
  });

  test("operators narrow what is found", async () => {
    const ada = await make.member({ username: "ada" });
    const mine = await make.topic({ title: "Lamp one", authorId: ada.id, kind: "question", createdAt: new Date("2024-03-05") });
    const post = await make.post({ topicId: mine.id, authorId: ada.id, createdAt: new Date("2024-03-05T12:00:00Z"), body: text("A lamp.") });
    await db.update(topics).set({ acceptedPostId: post.id }).where(eq(topics.id, mine.id));
    const [tag] = await db.insert(tags).values({ slug: "front-light", name: "front light" }).returning();
    await db.insert(topicTags).values({ topicId: mine.id, tagId: tag!.id });
    const other = await topicWith("Lamp two", "Another lamp.", "A lamp in an answer.");
    await db.update(topics).set({ kind: "idea", lockedAt: new Date() }).where(eq(topics.id, other.id));

    const both = [mine.id, other.id];
    const expected: [string, number[]][] = [
      ["lamp", both], ["lamp author:ada", [mine.id]], ["lamp author:@ADA", [mine.id]], ["lamp author:nobody", []],
      ["lamp tag:front-light", [mine.id]], ['lamp tag:"front light"', [mine.id]], ["lamp kind:idea", [other.id]], ["lamp kind:question kind:idea", both],
      ["lamp is:solved", [mine.id]], ["lamp is:unsolved", []], ["lamp is:closed", [other.id]], ["lamp is:open", [mine.id]], ["lamp is:reply", [other.id]], ["lamp is:topic", both],
      ["lamp before:2024-03-06", [mine.id]], ["lamp before:2024-03-05", []], ["lamp after:2024-03-05 before:2025", [mine.id]], ["lamp after:2025", [other.id]],
      [`lamp in:${mine.categoryId}`, [mine.id]], ["lamp in:nowhere", []], ["author:ada", [mine.id]], ["tag:front-light", [mine.id]],
    ];
    for (const [words, groups] of expected) expect(await groupsOf(words), words).toEqual(groups);
  });

  test("words that admins say mean the same find each other, from the next round on", async () => {
    const short = await topicWith("My LBS closed", "Where to now?");
    const long = await topicWith("A local bike shop I trust", "In the old town.");
    expect(await groupsOf("lbs")).toEqual([short.id]);
    await db.insert(searchSynonyms).values({ words: ["lbs", "local bike shop"] });
    expect(await groupsOf("lbs")).toEqual([short.id, long.id]);
    expect(await groupsOf("trust lbs")).toContain(long.id);
    await db.delete(searchSynonyms);
    expect(await groupsOf("lbs")).toEqual([short.id]);
  });

  test("facets count groups, by what narrows them", async () => {
    const topic = await topicWith("Saddle sore", "It hurts.", "Mine too, saddle.");
    await db.update(topics).set({ kind: "question" }).where(eq(topics.id, topic.id));
    const { facets } = await ask("saddle");
    expect(facets.kind).toEqual([{ value: "question", count: 1 }]);
    expect(facets.year).toEqual([{ value: String(new Date().getUTCFullYear()), count: 1 }]);
  });

  test("published articles are found by title, tag and text, until they are taken back, removed or moved", async () => {
    const blog = await make.blog();
    const article = await make.article({ blogId: blog.id, title: "Winter tyres compared", body: text("Spikes hold on ice.") });
    const [tag] = await db.insert(tags).values({ slug: "studs", name: "studs" }).returning();
    await db.insert(articleTags).values({ articleId: article.id, tagId: tag!.id });
    const find = async (words: string, categoryIds = [blog.categoryId]) => (await ask(words, { categoryIds })).hits;
    const hit = { source: "article", sourceId: article.id, groupId: article.id };
    for (const words of ["tyres", "spikes", "studs", "spikes kind:article", "tag:studs", "ice is:topic"]) expect(await find(words), words).toEqual([hit]);
    for (const words of ["spikes kind:question", "spikes kind:page", "spikes is:solved", "spikes is:reply"]) expect(await find(words), words).toEqual([]);
    expect((await ask("spikes", { categoryIds: [blog.categoryId] })).facets.kind).toEqual([{ value: "article", count: 1 }]);
    for (const state of ["draft", "scheduled", "unpublished"] as const) {
      await db.update(articles).set({ state, publishAt: new Date() }).where(eq(articles.id, article.id));
      expect(await find("spikes"), state).toEqual([]);
    }
    await db.update(articles).set({ state: "published", title: "Summer tyres" }).where(eq(articles.id, article.id));
    expect([await find("winter"), await find("summer")]).toEqual([[], [hit]]);
    const elsewhere = await make.category();
    await db.update(blogs).set({ categoryId: elsewhere.id }).where(eq(blogs.id, blog.id));
    expect([await find("spikes"), await find("spikes", [elsewhere.id])]).toEqual([[], [hit]]);
    await db.update(articles).set({ removedAt: new Date() }).where(eq(articles.id, article.id));
    expect(await find("spikes", [elsewhere.id])).toEqual([]);
  });

  test("pages of wikis are found as readers see them: no template, nothing unpublished or removed", async () => {
    const wiki = await make.wiki();
    const page = await make.page({ wikiId: wiki.id, title: "Frame sizes", body: text("Measure the inseam.") });
    const find = async (words: string, categoryIds = [wiki.categoryId]) => (await ask(words, { categoryIds })).hits;
    const hit = { source: "page", sourceId: page.id, groupId: page.id };
    for (const words of ["frame", "inseam", "inseam kind:page"]) expect(await find(words), words).toEqual([hit]);
    expect(await find("inseam kind:article")).toEqual([]);
    for (const hidden of [{ publishedRevision: 0 }, { isTemplate: true }, { removedAt: new Date() }]) {
      await db.update(pages).set(hidden).where(eq(pages.id, page.id));
      expect(await find("inseam"), JSON.stringify(hidden)).toEqual([]);
      await db.update(pages).set({ publishedRevision: 1, isTemplate: false, removedAt: null }).where(eq(pages.id, page.id));
    }
    await db.update(pages).set({ bodyText: "Measure the arms." }).where(eq(pages.id, page.id));
    expect([await find("inseam"), await find("arms")]).toEqual([[], [hit]]);
    const closed = await make.category();
    await db.update(pages).set({ categoryId: closed.id }).where(eq(pages.id, page.id));
    expect([await find("arms"), await find("arms", [closed.id])]).toEqual([[], [hit]]);
    await db.delete(pageRevisions);
    await db.delete(pages).where(eq(pages.id, page.id));
    expect(await find("arms", [closed.id])).toEqual([]);
  });

  test("comments of an article are found in their talk, whose opening, a copy of the article, is not; they hide with it", async () => {
    const article = await make.article({ title: "Chain care", body: text("Wax it.") });
    const talk = await make.topic({ title: article.title, categoryId: article.categoryId, articleId: article.id });
    await make.post({ topicId: talk.id, body: text("Wax it.") });
    await make.post({ topicId: talk.id, body: text("Graphite works too.") });
    expect((await ask("wax")).hits).toEqual([{ source: "article", sourceId: article.id, groupId: article.id }]);
    expect(await groupsOf("graphite")).toEqual([talk.id]);
    await db.update(articles).set({ state: "unpublished" }).where(eq(articles.id, article.id));
    expect([await groupsOf("wax"), await groupsOf("graphite")]).toEqual([[], []]);
  });

  test("pages follow each other without gap or repetition, and the newest come first when asked", async () => {
    const category = await make.category();
    const made: number[] = [];
    for (let n = 0; n < 7; n++) {
      const topic = await make.topic({ title: `Pump ${n}`, categoryId: category.id });
      await make.post({ topicId: topic.id, body: text("A pump."), createdAt: new Date(2025, 0, n + 1) });
      made.push(topic.id);
    }
    const pages = [];
    for (const page of [1, 2, 3]) pages.push((await ask("pump", { order: "newest", page, pageSize: 3 })).hits.map(({ groupId }) => groupId));
    expect(pages).toEqual([made.slice(4).reverse(), made.slice(1, 4).reverse(), made.slice(0, 1)]);
    expect((await ask("pump", { pageSize: 3 })).found).toBe(7);
  });

  test.each(["foo & | !", "'", 'x" OR categoryId > 0', "a:b:c", "((((", "\\", "%_%", "-", '"', "\u202e", "🚲", 'author:"x\\" OR 1"', "tag:]", "x".repeat(500)])("%j gets an answer and finds nothing", async (words) => {
    await topicWith("Handlebar tape", "Which colour?");
    expect((await ask(words)).hits).toEqual([]);
  });
});

async function topicWith(title: string, ...bodies: string[]) {
  const topic = await make.topic({ title });
  for (const body of bodies) await make.post({ topicId: topic.id, body: text(body) });
  return topic;
}
