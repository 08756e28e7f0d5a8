import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { record, type DomainEvent } from "#app/core/events.ts";
import { listWhoSee, visibleCategoryIds } from "#app/core/visibility.ts";
import type { Member } from "#app/core/viewer.ts";
import { countUnread, listInbox, markAllRead, markTopicRead } from "#app/notifications/inbox.ts";
import { followCategory, followTopic } from "#app/notifications/follow.ts";
import { createReply } from "#app/forums/replies.ts";
import { listTopics } from "#app/forums/topic-lists.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { categories, groupMembers, type FollowLevel } from "#db/schema/community.ts";
import { postMentions, posts, reactions, topics, topicVotes } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

const happen = async (...events: DomainEvent[]) => {
  for (const event of events) await db.transaction((tx) => record(tx, event));
  await finishWork();
};
const kindsOf = async (member: Member) => (await listInbox(db, member)).map(({ kind }) => kind);
const mentioning = (member: Member): RichText => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text: "Look, " }, { type: "mention", attrs: { username: member.username } }] }],
});

type Way = "mention" | "reply" | "quote" | "post" | "topic" | "reaction" | "accepted" | "vote" | "staff";

/** Makes one thing happen to `receiver` in a topic, by someone else. */
async function act(way: Way, { receiver, actor, categoryId, level }: { receiver: Member; actor: Member; categoryId: number; level?: FollowLevel }) {
  const topic = await make.topic({ categoryId, authorId: way === "vote" || way === "staff" ? receiver.id : actor.id, kind: way === "vote" ? "idea" : "discussion" });
  const first = await make.post({ topicId: topic.id, authorId: receiver.id });
  if (level) await followTopic(receiver, topic.id, level);
  const of = { topicId: topic.id, categoryId };
  const ofFirst = { ...of, postId: first.id, postNumber: first.number };
  const quote: RichText = { type: "doc", content: [
    { type: "postQuote", attrs: { postId: first.id, topicId: topic.id, number: first.number, username: receiver.username }, content: [{ type: "paragraph", content: [{ type: "text", text: "Hello." }] }] },
    { type: "paragraph", content: [{ type: "text", text: "Indeed" }] },
  ] };
  if (way === "mention") await createReply(actor, topic.id, { body: mentioning(receiver) });
  if (way === "reply") await createReply(actor, topic.id, { body: text("Yes"), replyToNumber: first.number });
  if (way === "quote") await createReply(actor, topic.id, { body: quote });
  if (way === "post") await createReply(actor, topic.id, { body: text("News") });
  if (way === "topic") await createTopic(actor, categoryId, { title: "New", kind: "discussion", body: text("New") });
  if (way === "reaction") {
    await db.insert(reactions).values({ postId: first.id, memberId: actor.id, kind: "like" });
    await happen({ type: "post.reacted", ...ofFirst, memberId: actor.id, kind: "like", on: true });
  }
  if (way === "accepted") {
    await db.update(topics).set({ acceptedPostId: first.id }).where(eq(topics.id, topic.id));
    await happen({ type: "answer.accepted", ...ofFirst, actorId: actor.id });
  }
  if (way === "vote") {
    await db.insert(topicVotes).values({ topicId: topic.id, memberId: actor.id });
    await happen({ type: "topic.voted", ...of, memberId: actor.id, on: true });
  }
  if (way === "staff") await happen({ type: "topic.changed", ...of, actorId: actor.id, change: "closed" });
  await finishWork();
  return { topic, first };
}

// Rows: how the topic is followed, how its category is. Cells: whether each happening makes a line.
const ways: Way[] = ["mention", "reply", "quote", "post", "reaction", "accepted", "vote", "staff"];
const matrix: [FollowLevel | undefined, FollowLevel | undefined, string][] = [
  //                     mention reply quote post reaction accepted vote staff
  [undefined, undefined, "yes yes yes no yes yes yes yes"],
  ["normal", undefined, "yes yes yes no yes yes yes yes"],
  ["tracking", undefined, "yes yes yes no yes yes yes yes"],
  ["watching", undefined, "yes yes yes yes yes yes yes yes"],
  ["muted", undefined, "no no no no no no no no"],
  ["muted", "watching", "no no no no no no no no"],
  [undefined, "muted", "no no no no no no no no"],
  ["tracking", "muted", "yes yes yes no yes yes yes yes"],
  ["watching", "muted", "yes yes yes yes yes yes yes yes"],
  [undefined, "watching", "yes yes yes no yes yes yes yes"],
];
const cases = matrix.flatMap(([topicLevel, categoryLevel, answers]) =>
  answers.split(" ").map((told, index) => [ways[index]!, topicLevel, categoryLevel, told] as const),
);

test.each(cases)("%s with the topic %s and its category %s: told %s", async (way, topicLevel, categoryLevel, told) => {
  const [receiver, actor] = [await make.member(), await make.member()];
  const category = await make.category();
  if (categoryLevel) await followCategory(receiver, category.id, categoryLevel);
  await act(way, { receiver, actor, categoryId: category.id, level: topicLevel });
  expect(await kindsOf(receiver)).toEqual(told === "yes" ? [way] : []);
  expect(await countUnread(db, receiver)).toBe(told === "yes" ? 1 : 0);
  expect(await kindsOf(actor)).toEqual([]);
});

test.each([
  ["watching", undefined, ["topic"], "unread"],
  ["tracking", undefined, [], "unread"],
  [undefined, "tracking", [], "unread"],
  [undefined, "watching", ["topic"], "unread"],
  ["muted", "watching", [], "none"],
  ["normal", "watching", [], "new"],
  ["watching", "muted", ["topic"], "unread"],
] as [FollowLevel | undefined, FollowLevel | undefined, string[], "new" | "unread" | "none"][])("a new topic in a category followed %s, under one followed %s: told %j, in the list %s", async (own, above, told, list) => {
  const [receiver, actor] = [await make.member(), await make.member()];
  const top = await make.category();
  const below = await make.category({}, { divisionId: top.divisionId, parentId: top.id, inheritsRights: true });
  if (own) await followCategory(receiver, below.id, own);
  if (above) await followCategory(receiver, top.id, above);
  await createTopic(actor, below.id, { title: "New", kind: "discussion", body: text("New") });
  await finishWork();
  expect(await kindsOf(receiver)).toEqual(told);
  const listed = await Promise.all((["new", "unread"] as const).map(async (sort) => (await listTopics(db, receiver, { sort })).topics.length));
  expect(listed).toEqual([list === "new" ? 1 : 0, list === "unread" ? 1 : 0]);
});

test.each(["mention", "reply", "quote", "post"] as const)("a %s that its receiver may not see tells nobody", async (way) => {
  const backstage = await make.category({ staff: "create" });
  const receiver = await make.member();
  const staff = await make.member({ role: "moderator" });
  const topic = await make.topic({ categoryId: backstage.id, authorId: staff.id });
  const first = await make.post({ topicId: topic.id, authorId: receiver.id });
  const body = way === "mention" ? mentioning(receiver) : text("Among us");
  const reply = await createReply(staff, topic.id, { body, ...(way === "reply" && { replyToNumber: first.number }) });
  await db.insert(postMentions).values({ postId: reply.id, memberId: receiver.id }).onConflictDoNothing();
  await finishWork();
  expect(await db.$count(posts, eq(posts.topicId, topic.id))).toBe(2);
  expect(await db.execute("select from notifications")).toHaveLength(0);
});

test("one post reaches a member once, for the strongest reason", async () => {
  const [receiver, actor] = [await make.member(), await make.member()];
  const topic = await make.topic();
  const own = await make.post({ topicId: topic.id, authorId: receiver.id });
  await followTopic(receiver, topic.id, "watching");
  await createReply(actor, topic.id, { body: mentioning(receiver), replyToNumber: own.number });
  await finishWork();
  expect(await kindsOf(receiver)).toEqual(["mention"]);
});

test("nobody is told of what they do themselves", async () => {
  const member = await make.member();
  const category = await make.category();
  await followCategory(member, category.id, "watching");
  const topic = await createTopic(member, category.id, { title: "Mine", kind: "discussion", body: mentioning(member) });
  await createReply(member, topic.id, { body: mentioning(member), replyToNumber: 1 });
  await finishWork();
  expect(await kindsOf(member)).toEqual([]);
});

test("ten likes on a post are one line, and one taken back is nine", async () => {
  const receiver = await make.member();
  const { first, topic } = await act("reaction", { receiver, actor: await make.member(), categoryId: (await make.category()).id });
  const of = { topicId: topic.id, categoryId: topic.categoryId, postId: first.id, postNumber: first.number, kind: "like" as const };
  const fans = [];
  for (let n = 0; n < 9; n++) {
    const fan = await make.member();
    fans.push(fan);
    await db.insert(reactions).values({ postId: first.id, memberId: fan.id, kind: "like" });
    await happen({ type: "post.reacted", ...of, memberId: fan.id, on: true });
  }
  expect(await listInbox(db, receiver)).toMatchObject([{ kind: "reaction", actorCount: 10, actor: { id: fans[8]!.id } }]);

  await db.delete(reactions).where(and(eq(reactions.postId, first.id), eq(reactions.memberId, fans[8]!.id)));
  await happen({ type: "post.reacted", ...of, memberId: fans[8]!.id, on: false });
  expect(await listInbox(db, receiver)).toMatchObject([{ actorCount: 9, actor: { id: fans[7]!.id } }]);
});

test("posts in a watched topic are one line that leads to the first unread, until it is read", async () => {
  const [receiver, ann, ben] = [await make.member(), await make.member(), await make.member()];
  const topic = await make.topic();
  await followTopic(receiver, topic.id, "watching");
  await createReply(ann, topic.id, { body: text("One") });
  await createReply(ben, topic.id, { body: text("Two") });
  await createReply(ann, topic.id, { body: text("Three") });
  await finishWork();
  const first = (await listInbox(db, receiver))[0]!;
  expect(await listInbox(db, receiver)).toMatchObject([{ kind: "post", actorCount: 2, isRead: false }]);
  expect([1, 2]).toContain(first.postNumber);

  await markTopicRead(receiver, topic.id, 3);
  expect(await countUnread(db, receiver)).toBe(0);
  await createReply(ben, topic.id, { body: text("Four") });
  await finishWork();
  expect(await listInbox(db, receiver)).toMatchObject([{ postNumber: 4, actorCount: 1, isRead: false }, { isRead: true }]);
});

test.each(["mention", "reply", "quote", "post", "reaction", "accepted", "vote"] as const)("what follows a %s happens once, though its work is done twice, before or after it was read", async (way) => {
  const [receiver, actor] = [await make.member(), await make.member()];
  const level = way === "post" ? "watching" : undefined;
  const { topic, first } = await act(way, { receiver, actor, categoryId: (await make.category()).id, level });
  const [newest] = await db.select().from(posts).where(and(eq(posts.topicId, topic.id), eq(posts.number, way === "reaction" || way === "accepted" || way === "vote" ? 1 : 2)));
  const of = { topicId: topic.id, categoryId: topic.categoryId };
  const ofPost = { ...of, postId: (newest ?? first).id, postNumber: newest?.number ?? 1 };
  const again: Record<typeof way, DomainEvent> = {
    mention: { type: "post.created", ...ofPost, authorId: actor.id },
    reply: { type: "post.created", ...ofPost, authorId: actor.id },
    quote: { type: "post.created", ...ofPost, authorId: actor.id },
    post: { type: "post.created", ...ofPost, authorId: actor.id },
    reaction: { type: "post.reacted", ...ofPost, memberId: actor.id, kind: "like", on: true },
    accepted: { type: "answer.accepted", ...ofPost, actorId: actor.id },
    vote: { type: "topic.voted", ...of, memberId: actor.id, on: true },
  };
  await happen(again[way]);
  expect(await listInbox(db, receiver)).toMatchObject([{ kind: way, actorCount: 1, isRead: false }]);
  await markAllRead(receiver);
  await happen(again[way]);
  expect(await listInbox(db, receiver)).toMatchObject([{ kind: way, actorCount: 1, isRead: true }]);
});

test("an edit tells those it mentions for the first time, and nobody twice", async () => {
  const [author, ann, ben] = [await make.member(), await make.member(), await make.member()];
  const topic = await make.topic({ authorId: author.id });
  const post = await createReply(author, topic.id, { body: mentioning(ann) });
  await finishWork();
  await db.insert(postMentions).values({ postId: post.id, memberId: ben.id });
  await happen({ type: "post.edited", topicId: topic.id, categoryId: topic.categoryId, postId: post.id, postNumber: post.number, editorId: author.id });
  expect([await kindsOf(ann), await kindsOf(ben)]).toEqual([["mention"], ["mention"]]);
});

const hidings: [string, (place: { topicId: number; categoryId: number; postId: number; groupId: number; memberId: number }) => Promise<unknown>][] = [
  ["the post is removed", ({ postId }) => db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, postId))],
  ["the topic is removed", ({ topicId }) => db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topicId))],
  ["the topic moves out of sight", async ({ topicId }) => db.update(topics).set({ categoryId: (await make.category({ staff: "see" })).id }).where(eq(topics.id, topicId))],
  ["the reader leaves the group", ({ groupId, memberId }) => db.delete(groupMembers).where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.memberId, memberId)))],
];

test.each(hidings)("a line is neither shown nor counted once %s", async (_, hide) => {
  const [receiver, actor] = [await make.member(), await make.member({ role: "moderator" })];
  const group = await make.group();
  await db.insert(groupMembers).values({ groupId: group.id, memberId: receiver.id });
  const category = await make.category({ staff: "create" });
  const { grantRight } = await import("#app/community/rights.ts");
  await grantRight(await make.member({ role: "admin" }), { categoryId: category.id, groupId: group.id }, "reply");
  const topic = await make.topic({ categoryId: category.id, authorId: actor.id });
  const reply = await createReply(actor, topic.id, { body: mentioning(receiver) });
  await finishWork();
  expect([await kindsOf(receiver), await countUnread(db, receiver)]).toEqual([["mention"], 1]);

  await hide({ topicId: topic.id, categoryId: category.id, postId: reply.id, groupId: group.id, memberId: receiver.id });
  expect([await kindsOf(receiver), await countUnread(db, receiver)]).toEqual([[], 0]);
});

test("a line about several posts moves on when its first is removed", async () => {
  const [receiver, ann, ben] = [await make.member(), await make.member(), await make.member()];
  const topic = await make.topic();
  await followTopic(receiver, topic.id, "watching");
  const first = await createReply(ann, topic.id, { body: text("One") });
  await finishWork();
  await createReply(ben, topic.id, { body: text("Two") });
  await finishWork();
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, first.id));
  await happen({ type: "post.removed", topicId: topic.id, categoryId: topic.categoryId, postId: first.id, postNumber: first.number, actorId: ann.id });
  expect(await listInbox(db, receiver)).toMatchObject([{ kind: "post", postNumber: 2 }]);
});

test("whom jobs tell and what pages show are one rule, over every kind of group and role", async () => {
  const division = await make.division();
  const group = await make.group();
  const people = [
    await make.member(), await make.member({ role: "owner" }), await make.member({ role: "moderator" }),
    await make.member({ role: "moderator", divisionId: division.id }), await make.member({ role: "product_manager", divisionId: (await make.division()).id }), await make.member(),
  ];
  await db.insert(groupMembers).values({ groupId: group.id, memberId: people[5]!.id });
  const { grantRight } = await import("#app/community/rights.ts");
  const custom = await make.category({}, { divisionId: division.id });
  await grantRight(people[1]!, { categoryId: custom.id, groupId: group.id }, "see");
  for (const rights of [{ everyone: "see" }, { members: "see" }, { staff: "see" }, {}] as const) await make.category(rights, { divisionId: division.id });
  for (const { id } of await db.select().from(categories)) {
    const told = await listWhoSee(db, id, people.map((member) => member.id));
    const shown = [];
    for (const member of people) if ((await db.selectDistinct().from(visibleCategoryIds(member).as("seen"))).some((row) => row.id === id)) shown.push(member.id);
    expect([...told].toSorted()).toEqual(shown.toSorted());
  }
});
