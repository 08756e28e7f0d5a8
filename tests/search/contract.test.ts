import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { db } from "#db/client.ts";
import { posts, tags, topics, topicTags } from "#db/schema/forums.ts";
import { searchSynonyms } from "#db/schema/search.ts";
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
