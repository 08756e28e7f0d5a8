import { expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { searchConnection } from "#db/search-client.ts";
import { parseQuery } from "#search/query-language.ts";
import { postgresEngine } from "#search/postgres.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";

async function topicWith(title: string, ...bodies: string[]) {
  const topic = await make.topic({ title });
  for (const body of bodies) await make.post({ topicId: topic.id, body: text(body) });
  return topic;
}

async function find(words: string, { categoryIds }: { categoryIds?: number[] } = {}) {
  const all = (await db.select({ id: topics.categoryId }).from(topics)).map(({ id }) => id);
  return postgresEngine.search({ query: parseQuery(words), categoryIds: categoryIds ?? all, order: "relevance", page: 1, pageSize: 20 });
}

const groupsOf = async (words: string, where = {}) => (await find(words, where)).hits.map(({ groupId }) => groupId);

test("a topic is found by its title, its text and its answers, in the moment they are written", async () => {
  const topic = await topicWith("Display flickers", "Since the last update mine goes dark.", "Try another charger.");
  for (const words of ["display", "update", "chargers", "flickering dark"]) expect(await groupsOf(words), words).toEqual([topic.id]);
  expect(await groupsOf("unicorn")).toEqual([]);
});

test("titles come before passing mentions", async () => {
  const passing = await topicWith("Weekend ride", "We talked about the licence, among other things.");
  const titled = await topicWith("Licence for the map data", "Which one is it?");
  expect(await groupsOf("licence")).toEqual([titled.id, passing.id]);
});

test.each([
  ["C++", "How to call it from C++", "C"],
  ["C#", "A client in C# please", "C"],
  [".NET", "Is there a .NET package", "net"],
  ["中文", "支持中文吗", "文中"],
  ["résumé", "Where is my resume", "resumption"],
  ["resume", "Where is my résumé", "resin"],
  ["e-bike", "My e-bike squeaks", "bikeshed"],
  ["config.yaml", "What goes into config.yaml", "configurator"],
  ["4.2", "Broken since 4.2 came out", "4.3"],
])("%s is found, and what only looks like it is not", async (words, title, other) => {
  const wanted = await topicWith(title, "Text.");
  await topicWith(`Something about ${other}`, "Text.");
  expect(await groupsOf(words)).toEqual([wanted.id]);
});

test("a misspelt word finds what was meant, and says so", async () => {
  const wanted = await topicWith("Licence question", "The licence of the maps.");
  await topicWith("Second licence thread", "More about the licence.");
  await searchConnection()`select search_count_words()`;
  const answer = await find("lisence");
  expect(answer.corrected).toBe("licence");
  expect(answer.hits.map(({ groupId }) => groupId)).toContain(wanted.id);
});

test("nothing outside the searcher's categories is found or counted", async () => {
  const open = await topicWith("Brakes squeal", "Loud.");
  const hidden = await topicWith("Brakes recall plan", "Secret.");
  const answer = await find("brakes", { categoryIds: [open.categoryId] });
  expect(answer.hits.map(({ groupId }) => groupId)).toEqual([open.id]);
  expect([answer.found, answer.facets.category]).toEqual([1, [{ value: String(open.categoryId), count: 1 }]]);
  expect(await groupsOf("brakes", { categoryIds: [] })).toEqual([]);
  expect(await groupsOf("recall", { categoryIds: [hidden.categoryId] })).toEqual([hidden.id]);
});

test("what is removed, restored, edited, renamed or moved is found accordingly at once", async () => {
  const topic = await topicWith("Battery", "Drains overnight.", "Same with mine, a lemon.");
  const [answer] = await db.select().from(posts).where(eq(posts.number, 2));
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, answer!.id));
  expect(await groupsOf("lemon")).toEqual([]);
  await db.update(posts).set({ removedAt: null }).where(eq(posts.id, answer!.id));
  expect(await groupsOf("lemon")).toEqual([topic.id]);
  await db.update(posts).set(renderedBody(text("Same with mine, a peach."))).where(eq(posts.id, answer!.id));
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

test.each(["foo & | !", "'", "C++ <->", "a:b:c", "((((", "\\", "%_%", "\u0000x", "-", '"', "-\"x", "\u202e", "🚲", "the of and", "x".repeat(500)])("%j gets an answer", async (words) => {
  expect((await find(words.replaceAll("\u0000", " "))).hits).toEqual([]);
});

test("quotes keep words together and a minus keeps them out", async () => {
  const together = await topicWith("One", "The rear light fails.");
  const apart = await topicWith("Two", "A light in the rear window, a rear one, light.");
  expect(await groupsOf('"rear light"')).toEqual([together.id]);
  expect(await groupsOf("rear light -window")).toEqual([together.id]);
  expect((await groupsOf("rear light")).sort()).toEqual([together.id, apart.id].sort());
});
