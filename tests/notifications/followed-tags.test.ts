import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { guest, type Member } from "#app/core/viewer.ts";
import { addSynonym, deleteTag, mergeTags } from "#app/forums/manage-tags.ts";
import { createReply } from "#app/forums/replies.ts";
import { accessTag } from "#app/forums/tags.ts";
import { countNews, listTopics } from "#app/forums/topic-lists.ts";
import { createTopic } from "#app/forums/topics.ts";
import { followCategory, followTag, followTopic, listFollowedTags, readTagLevel } from "#app/notifications/follow.ts";
import { listInbox } from "#app/notifications/inbox.ts";
import { db } from "#db/client.ts";
import { articleTags } from "#db/schema/blogs.ts";
import { categoryAccess, type FollowLevel } from "#db/schema/community.ts";
import { tagFollows } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

const kindsOf = async (member: Member) => (await listInbox(db, member)).map(({ kind }) => kind);
const listed = async (member: Member, sort: "new" | "unread") => (await listTopics(db, member, { sort })).topics.map(({ title }) => title);

/** A place with a topic under "oil" and one under "chain", so that both tags are there. */
async function place() {
  const [category, author, receiver] = [await make.category(), await make.member(), await make.member()];
  const start = async (title: string, tags: string[], categoryId = category.id) => {
    const topic = await createTopic(author, categoryId, { title, kind: "discussion", body: text("New"), tags });
    await finishWork();
    return topic;
  };
  await start("Old", ["oil", "chain"]);
  return { category, author, receiver, start };
}

// How the tag is followed, how the category is: whether a new topic is told of, and in which list it stands.
test.each<[FollowLevel | undefined, FollowLevel | undefined, string[], "new" | "unread" | "none"]>([
  ["watching", undefined, ["topic"], "unread"],
  ["tracking", undefined, [], "unread"],
  ["normal", undefined, [], "new"],
  ["muted", undefined, [], "none"],
  ["watching", "watching", ["topic"], "unread"],
  ["normal", "watching", ["topic"], "unread"],
  ["normal", "tracking", [], "unread"],
  [undefined, "tracking", [], "unread"],
  ["muted", "tracking", [], "none"],
  ["watching", "normal", ["topic"], "unread"],
  ["muted", "watching", [], "none"],
  ["watching", "muted", [], "none"],
])("a new topic under a tag followed %s, in a category followed %s", async (tagLevel, categoryLevel, told, list) => {
  const { category, receiver, start } = await place();
  if (tagLevel) await followTag(receiver, "oil", tagLevel);
  if (categoryLevel) await followCategory(receiver, category.id, categoryLevel);
  await start("Fresh", ["oil"]);
  expect(await kindsOf(receiver)).toEqual(told);
  expect([(await listed(receiver, "new")).includes("Fresh"), (await listed(receiver, "unread")).includes("Fresh")]).toEqual([list === "new", list === "unread"]);
});

test("two watched tags tell of a topic once, and a muted one among them keeps it silent", async () => {
  const { receiver, start } = await place();
  await followTag(receiver, "oil", "watching");
  await followTag(receiver, "chain", "watching");
  await start("Both", ["oil", "chain"]);
  expect(await kindsOf(receiver)).toEqual(["topic"]);
  await followTag(receiver, "chain", "muted");
  await start("Again", ["oil", "chain"]);
  expect(await kindsOf(receiver)).toEqual(["topic"]);
});

test("replies under a watched tag are no news, and what is followed on purpose is heard under a muted one", async () => {
  const { author, receiver, start } = await place();
  await followTag(receiver, "oil", "watching");
  const topic = await start("Fresh", ["oil"]);
  await createReply(author, topic.id, { body: text("More") });
  await finishWork();
  expect(await kindsOf(receiver)).toEqual(["topic"]);
  await followTag(receiver, "oil", "muted");
  expect(await listed(receiver, "unread")).not.toContain("Fresh");
  await followTopic(receiver, topic.id, "watching");
  await createReply(author, topic.id, { body: text("Even more") });
  await finishWork();
  expect((await kindsOf(receiver))[0]).toBe("post");
  expect(await listed(receiver, "unread")).toContain("Fresh");
});

test("a watched tag tells nothing of where one may not look, by inbox, by list or by count", async () => {
  const { receiver, start } = await place();
  const staff = await make.member({ role: "moderator" });
  const backstage = await make.category({ staff: "create" });
  await followTag(receiver, "oil", "watching");
  const before = await countNews(db, receiver, {});
  await createTopic(staff, backstage.id, { title: "Hidden", kind: "discussion", body: text("x"), tags: ["oil", "merger"] });
  await finishWork();
  expect([await kindsOf(receiver), await countNews(db, receiver, {})]).toEqual([[], before]);
  for (const name of ["merger", "nowhere"]) {
    const answer = await visit(`/tag/${name}/follow`, { as: receiver, form: { level: "watching" } });
    expect(answer.status).toBe(404);
  }
  await start("Shown", ["oil"]);
  expect(await kindsOf(receiver)).toEqual(["topic"]);
});

test("a tag under which nothing is seen any more is not named, though it is followed", async () => {
  const { category, receiver } = await place();
  await followTag(receiver, "oil", "watching");
  expect((await listFollowedTags(db, receiver)).map(({ slug }) => slug)).toEqual(["oil"]);
  await db.delete(categoryAccess).where(eq(categoryAccess.categoryId, category.id));
  expect(await listFollowedTags(db, receiver)).toEqual([]);
});

test("a tag is followed by a plain form on its page, and listed with the others", async () => {
  const { receiver } = await place();
  expect(await (await visit("/tag/oil", { as: receiver })).text()).toContain("/tag/oil/follow");
  expect(await (await visit("/tag/oil")).text()).not.toContain("/tag/oil/follow");
  const answer = await visit("/tag/oil/follow", { as: receiver, form: { level: "watching" } });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/tag/oil"]);
  expect(await (await visit("/tags", { as: receiver })).text()).toContain("Tags you follow");
  expect((await visit("/tag/oil/follow", { as: receiver, form: { level: "loudly" } })).status).toBe(422);
});

// Levels for the tag that goes and for the one it goes into; what is chosen for the latter afterwards.
test.each<[FollowLevel, FollowLevel | undefined, FollowLevel]>([
  ["watching", undefined, "watching"],
  ["tracking", "normal", "tracking"],
  ["tracking", "watching", "watching"],
  ["muted", undefined, "muted"],
  ["muted", "watching", "watching"],
  ["watching", "muted", "watching"],
  ["normal", "muted", "normal"],
])("merging moves who follows a tag %s into one followed %s, which is then followed %s", async (from, into, after) => {
  const { receiver, start } = await place();
  const staff = await make.member({ role: "moderator" });
  await followTag(receiver, "oil", from);
  if (into) await followTag(receiver, "chain", into);
  const oil = await accessTag(db, guest, "oil");
  await mergeTags(staff, oil.id, "chain");

  const chain = await accessTag(db, guest, "chain");
  expect(await readTagLevel(db, receiver, chain.id)).toBe(after);
  expect(await db.$count(tagFollows, eq(tagFollows.memberId, receiver.id))).toBe(1);
  const old = await visit("/tag/oil");
  expect([old.status, old.headers.get("location")]).toEqual([301, "/tag/chain"]);
  await start("Fresh", ["oil"]);
  expect(await kindsOf(receiver)).toEqual(after === "watching" ? ["topic"] : []);
});

test("whoever follows by a word that means another follows what is meant", async () => {
  const { receiver } = await place();
  const oil = await accessTag(db, guest, "oil");
  await addSynonym(await make.member({ role: "moderator" }), oil.id, "lube");
  await followTag(receiver, "lube", "tracking");
  expect(await readTagLevel(db, receiver, oil.id)).toBe("tracking");
});

test("merging takes the articles along, and forgetting a tag forgets who followed it", async () => {
  const { receiver } = await place();
  const staff = await make.member({ role: "moderator" });
  const [oil, chain] = [await accessTag(db, guest, "oil"), await accessTag(db, guest, "chain")];
  const article = await make.article();
  await db.insert(articleTags).values({ articleId: article.id, tagId: oil.id });
  await followTag(receiver, "oil", "watching");
  await mergeTags(staff, oil.id, "chain");
  expect(await db.$count(articleTags, and(eq(articleTags.articleId, article.id), eq(articleTags.tagId, chain.id)))).toBe(1);
  await deleteTag(staff, chain.id);
  expect(await db.$count(tagFollows)).toBe(0);
});
