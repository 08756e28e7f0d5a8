import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { divisionMembers, divisions, groupMembers, groups } from "#db/schema/community.ts";
import { posts, reactions, topicReads, topics, topicVotes } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { recordedEvents } from "#tests/support/work.ts";

// Where an answer is lost on its way, a page sends its act again as it was. Each says what shall be, and none turns back.

/** A topic with a reply, whose asker keeps order too, and who does all that is to be done. */
async function place() {
  const category = await make.category({ everyone: "see", members: "create" });
  const actor = await make.member({ role: "admin" });
  const topic = await make.topic({ categoryId: category.id, kind: "question", authorId: actor.id });
  await make.post({ topicId: topic.id, authorId: actor.id });
  const reply = await make.post({ topicId: topic.id });
  return { category, actor, topic, reply, path: `/t/${topic.slug}/${topic.id}` };
}
const topicNow = async (id: number) => (await db.select().from(topics).where(eq(topics.id, id)))[0]!;
const postNow = async (id: number) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!;

/** Each act with what it sets and what shows that; then the one that takes it back. */
const acts: [string, Record<string, string>, keyof Awaited<ReturnType<typeof topicNow>>, boolean][] = [
  ["2/accept", {}, "acceptedPostId", true], ["2/unaccept", {}, "acceptedPostId", false],
  ["pin", { scope: "site", until: "" }, "pinScope", true], ["unpin", {}, "pinScope", false],
  ["banner", { on: "1" }, "bannerAt", true], ["banner", { on: "" }, "bannerAt", false],
  ["unlist", { on: "1" }, "unlistedAt", true], ["unlist", { on: "" }, "unlistedAt", false],
  ["archive", { on: "1" }, "archivedAt", true], ["archive", { on: "" }, "archivedAt", false],
  ["close", { reason: "Done" }, "lockedAt", true], ["reopen", {}, "lockedAt", false],
  ["remove", { reason: "Twice" }, "removedAt", true], ["restore", {}, "removedAt", false],
];

test("an act on a topic that is sent twice is done once, and the second is answered as the first", async () => {
  const { actor, topic, path } = await place();
  for (const [act, form, column, isSet] of acts) for (const time of [1, 2]) {
    const answer = await visit(`${path}/${act}`, { as: actor, form });
    expect([act, time, answer.status, (await topicNow(topic.id))[column] !== null]).toEqual([act, time, 302, isSet]);
  }
});

test("a reaction and a vote sent again, fifty at once, by forms and by scripts, are one; and so is taking them back", async () => {
  const { topic, reply, path } = await place();
  const fan = await make.member();
  const send = (act: string, form: Record<string, string>) => Promise.all(Array.from({ length: 50 }, (_, n) => visit(`${path}/${act}${n % 2 ? ".data" : ""}`, { as: fan, form: n % 2 ? { ...form, stay: "1" } : form })));
  for (const [on, count] of [[true, 1], [false, 0]] as const) {
    const answers = [...(await send("2/react", on ? { on: "like" } : { off: "like" })), ...(await send("vote", { on: on ? "1" : "" }))];
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([200, 302]);
    expect([await db.$count(reactions), (await postNow(reply.id)).reactionCounts.like, (await topicNow(topic.id)).reactionCount]).toEqual([count, count, count]);
    expect([await db.$count(topicVotes), (await topicNow(topic.id)).voteCount]).toEqual([count, count]);
  }
  expect((await recordedEvents()).filter(({ type }) => type === "post.reacted" || type === "topic.voted")).toHaveLength(4);
});

test("a post removed or brought back twice, and a follow, a division and a group chosen twice, are as chosen once", async () => {
  const { category, actor, reply, path } = await place();
  for (const [act, form, isSet] of [["2/remove", { reason: "x" }, true], ["2/restore", {}, false]] as const) for (const time of [1, 2]) {
    expect([act, time, (await visit(`${path}/${act}`, { as: actor, form })).status, (await postNow(reply.id)).removedAt !== null]).toEqual([act, time, 302, isSet]);
  }
  const member: Member = await make.member();
  const level = async () => (await db.select().from(topicReads).where(eq(topicReads.memberId, member.id)))[0]?.level;
  for (const wanted of ["watching", "muted"]) for (const time of [1, 2]) expect([time, (await visit(`${path}/follow`, { as: member, form: { level: wanted } })).status, await level()]).toEqual([time, 302, wanted]);

  const { slug } = (await db.select().from(divisions).where(eq(divisions.id, category.divisionId)))[0]!;
  for (const [act, count] of [["join", 1], ["leave", 0]] as const) for (const time of [1, 2]) {
    expect([act, time, (await visit(`/d/${slug}/${act}`, { as: member, form: {} })).status, await db.$count(divisionMembers, eq(divisionMembers.memberId, member.id))]).toEqual([act, time, 302, count]);
  }
  const group = await make.group();
  await db.update(groups).set({ joining: "open", isListed: true }).where(eq(groups.id, group.id));
  for (const [intent, count] of [["join", 1], ["leave", 0]] as const) for (const time of [1, 2]) {
    expect([intent, time, (await visit(`/groups/${group.id}`, { as: member, form: { intent } })).status, await db.$count(groupMembers, eq(groupMembers.memberId, member.id))]).toEqual([intent, time, 302, count]);
  }
});

test("a wiki page removed, brought back, followed, made a template or vouched for twice is as once", async () => {
  const wiki = await make.wiki();
  const page = await make.page({ wikiId: wiki.id });
  const actor = await make.member({ role: "admin" });
  const path = `/w/${wiki.slug}/${page.slug}-${page.id}`;
  const now = async () => (await db.select().from(pages).where(eq(pages.id, page.id)))[0]!;
  const steps: [string, Record<string, string>, () => Promise<boolean>][] = [
    ["follow", { level: "page" }, async () => true],
    ["follow", { level: "none" }, async () => true],
    ["manage", { intent: "template", isTemplate: "1" }, async () => (await now()).isTemplate],
    ["manage", { intent: "template", isTemplate: "" }, async () => !(await now()).isTemplate],
    ["verify", { days: "30" }, async () => (await now()).verifiedUntil !== null],
    ["remove", { reason: "" }, async () => (await now()).removedAt !== null],
    ["restore", {}, async () => (await now()).removedAt === null],
  ];
  for (const [act, form, isDone] of steps) for (const time of [1, 2]) expect([act, time, (await visit(`${path}/${act}`, { as: actor, form })).status, await isDone()]).toEqual([act, time, 302, true]);
});
