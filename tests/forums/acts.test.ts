import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ConflictError, ForbiddenError, NotFoundError } from "#app/core/errors.ts";
import { acceptAnswer, unacceptAnswer } from "#app/forums/answers.ts";
import { closeOnTime } from "#app/forums/auto-close.ts";
import { editTopic } from "#app/forums/change-topic.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { closeTopic, pinTopic, setAutoClose, setIdeaStatus } from "#app/forums/keep-order.ts";
import { react } from "#app/forums/react.ts";
import { recount } from "#app/forums/recount.ts";
import { removePost, restorePost } from "#app/forums/remove-post.ts";
import { removeTopic, restoreTopic } from "#app/forums/remove-topic.ts";
import { createReply } from "#app/forums/replies.ts";
import { createTopic } from "#app/forums/topics.ts";
import { vote } from "#app/forums/votes.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories } from "#db/schema/community.ts";
import { postRevisions, posts, reactions, topics, topicVotes } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { recordedEvents } from "#tests/support/work.ts";

const topicOf = async (id: number) => (await db.select().from(topics).where(eq(topics.id, id)))[0]!;
const postOf = async (id: number) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!;

test("fifty clicks on a reaction at once are one reaction", async () => {
  const post = await make.post();
  const fan = await make.member();
  const ref = { topicId: post.topicId, postNumber: post.number };

  await Promise.all(Array.from({ length: 50 }, () => react(fan, ref, { on: "like" })));

  expect((await postOf(post.id)).reactionCounts).toEqual({ like: 1 });
  expect((await topicOf(post.topicId)).reactionCount).toBe(1);
  expect((await recordedEvents()).length).toBe(1);

  await Promise.all(Array.from({ length: 50 }, (_, n) => react(fan, ref, n % 2 ? { on: "like" } : { off: "like" })));
  const left = await db.$count(reactions);
  expect([0, 1]).toContain(left);
  expect((await postOf(post.id)).reactionCounts.like).toBe(left);
});

test("nobody reacts to their own post", async () => {
  const author = await make.member();
  const post = await make.post({ authorId: author.id });
  await expect(react(author, { topicId: post.topicId, postNumber: 1 }, { on: "like" })).rejects.toThrow(new ForbiddenError("forums.notYourOwn"));
  expect(await db.$count(reactions)).toBe(0);
});

test("twenty votes of one person at once are one vote", async () => {
  const { topicId } = await make.post({ topicId: (await make.topic({ kind: "idea" })).id });
  const member = await make.member();
  await Promise.all(Array.from({ length: 20 }, () => vote(member, topicId, { on: true })));
  expect([await db.$count(topicVotes), (await topicOf(topicId)).voteCount]).toEqual([1, 1]);
  await vote(member, topicId, { on: false });
  expect([await db.$count(topicVotes), (await topicOf(topicId)).voteCount]).toEqual([0, 0]);
});

test("nobody says of their own question that they have it too; an idea may have its author's vote", async () => {
  const author = await make.member();
  const [question, idea] = await Promise.all((["question", "idea"] as const).map(async (kind) => make.post({ authorId: author.id, topicId: (await make.topic({ kind, authorId: author.id })).id })));
  await expect(vote(author, question!.topicId, { on: true })).rejects.toThrow(new ForbiddenError("forums.askedByYou"));
  await vote(author, idea!.topicId, { on: true });
  expect([(await topicOf(question!.topicId)).voteCount, (await topicOf(idea!.topicId)).voteCount]).toEqual([0, 1]);

  const { topicId } = question!;
  const { slug } = await topicOf(topicId);
  const page = async (as: Awaited<ReturnType<typeof make.member>>) => (await visit(`/t/${slug}/${topicId}`, { as })).text();
  expect([(await page(author)).includes("I have this question too"), (await page(await make.member())).includes("I have this question too")]).toEqual([false, true]);
  await vote(await make.member(), topicId, { on: true });
  expect(await page(author)).toContain("1 other person has this question too");
});

test("whoever asked accepts an answer and takes it back, and its author's count follows", async () => {
  const [asker, helper, other] = [await make.member(), await make.member(), await make.member()];
  const topic = await make.topic({ kind: "question", authorId: asker.id });
  await make.post({ topicId: topic.id });
  const answer = await make.post({ topicId: topic.id, authorId: helper.id });
  const ref = { topicId: topic.id, postNumber: answer.number };
  const solutions = async () => (await db.select().from(members).where(eq(members.id, helper.id)))[0]!.solutionCount;

  await expect(acceptAnswer(other, ref)).rejects.toThrow(new ForbiddenError("forums.onlyAsker"));
  await acceptAnswer(asker, ref);
  expect([(await topicOf(topic.id)).acceptedPostId, await solutions()]).toEqual([answer.id, 1]);
  await unacceptAnswer(asker, ref);
  expect([(await topicOf(topic.id)).acceptedPostId, await solutions()]).toEqual([null, 0]);
  await expect(acceptAnswer(asker, { ...ref, postNumber: 1 })).rejects.toThrow(new ForbiddenError("forums.notAnAnswer"));
});

test("a slip is mended without a trace until someone has answered", async () => {
  const author = await make.member();
  const post = await make.post({ authorId: author.id, body: text("Helo") });
  const ref = { topicId: post.topicId, postNumber: 1 };

  await editPost(author, ref, { body: text("Hello"), reason: "", stamp: stampOf(post) });
  expect(await postOf(post.id)).toMatchObject({ bodyText: "Hello", revision: 1, editedAt: null });

  await make.post({ topicId: post.topicId, authorId: (await make.member()).id });
  await editPost(author, ref, { body: text("Hello all"), reason: "politeness", stamp: stampOf(await postOf(post.id)) });
  expect(await postOf(post.id)).toMatchObject({ bodyText: "Hello all", revision: 2 });
  expect(await db.select().from(postRevisions)).toMatchObject([{ revision: 1, bodyText: "Hello", editorId: author.id, reason: "politeness" }]);
});

test("an edit of a text that changed meanwhile is refused and leaves no trace", async () => {
  const author = await make.member();
  const post = await make.post({ authorId: author.id });
  const ref = { topicId: post.topicId, postNumber: 1 };
  const stamp = stampOf(post);
  await editPost(await make.member({ role: "moderator" }), ref, { body: text("Theirs"), reason: "", stamp });
  await expect(editPost(author, ref, { body: text("Mine"), reason: "", stamp })).rejects.toThrow(ConflictError);
  expect((await postOf(post.id)).bodyText).toBe("Theirs");
});

test("removing an accepted answer ends its acceptance, and what a moderator removed its author cannot restore", async () => {
  const [asker, helper, moderator] = [await make.member(), await make.member(), await make.member({ role: "moderator" })];
  const topic = await make.topic({ kind: "question", authorId: asker.id });
  await make.post({ topicId: topic.id });
  const ref = { topicId: topic.id, postNumber: (await make.post({ topicId: topic.id, authorId: helper.id })).number };
  await acceptAnswer(asker, ref);

  await removePost(moderator, ref, { reason: "wrong and dangerous" });

  expect(await topicOf(topic.id)).toMatchObject({ acceptedPostId: null, postCount: 1 });
  await expect(restorePost(helper, ref)).rejects.toThrow(new ForbiddenError("forums.onlyModerators"));
  await expect(restorePost(await make.member(), ref)).rejects.toThrow(NotFoundError);
  await restorePost(moderator, ref);
  expect((await topicOf(topic.id)).postCount).toBe(2);
});

test("a topic moves only to where its mover could have started it, and keeps its votes", async () => {
  const author = await make.member();
  const from = await make.category();
  const [open, closed, hidden] = [await make.category(), await make.category({ members: "reply" }), await make.category({ staff: "create" })];
  const { id } = await createTopic(author, from.id, { title: "Wish", kind: "idea", body: text("Please") });
  await vote(await make.member(), id, { on: true });
  const input = { title: "Wish", kind: "question" as const, tags: [], reason: "" };

  await expect(editTopic(author, id, { ...input, categoryId: closed.id })).rejects.toThrow(ForbiddenError);
  await expect(editTopic(author, id, { ...input, categoryId: hidden.id })).rejects.toThrow(NotFoundError);
  await editTopic(author, id, { ...input, categoryId: open.id });

  expect(await topicOf(id)).toMatchObject({ categoryId: open.id, kind: "question", voteCount: 1, slug: "wish" });
  const counts = await db.select({ id: categories.id, count: categories.topicCount }).from(categories);
  expect(counts.find((row) => row.id === from.id)!.count).toBe(0);
  expect(counts.find((row) => row.id === open.id)!.count).toBe(1);
});

test("two workers close a topic whose hour has come once", async () => {
  const topic = await make.topic();
  const moderator = await make.member({ role: "moderator" });
  await setAutoClose(moderator, topic.id, { at: new Date(Date.now() + 60_000), reason: "The offer has ended" });
  await closeOnTime.run({ topicId: topic.id, actorId: moderator.id });
  expect((await topicOf(topic.id)).lockedAt).toBeNull();

  await db.update(topics).set({ autoCloseAt: new Date(Date.now() - 1000) });
  await Promise.all([1, 2].map(() => closeOnTime.run({ topicId: topic.id, actorId: moderator.id })));
  expect((await topicOf(topic.id)).lockedAt).not.toBeNull();
  expect((await recordedEvents()).filter(({ type }) => type === "topic.changed")).toHaveLength(1);
  expect(await (await visit(`/t/${topic.slug}/${topic.id}`)).text()).toContain("Closed to new replies: The offer has ended");
});

test("keeping order is for moderators of the division: others are refused, and nothing changes", async () => {
  const category = await make.category();
  const topic = await make.topic({ categoryId: category.id, kind: "idea" });
  const elsewhere = await make.member({ role: "moderator", divisionId: (await make.division()).id });
  const here = await make.member({ role: "moderator", divisionId: category.divisionId });
  await expect(closeTopic(elsewhere, topic.id, { reason: "" })).rejects.toThrow(ForbiddenError);
  await expect(removeTopic(elsewhere, topic.id, { reason: "" })).rejects.toThrow(ForbiddenError);
  await expect(setIdeaStatus(elsewhere, topic.id, { status: "planned", reason: "" })).rejects.toThrow(ForbiddenError);
  await expect(pinTopic(here, topic.id, { scope: "site", until: null })).rejects.toThrow(new ForbiddenError("forums.onlySiteModerators"));
  expect(await topicOf(topic.id)).toMatchObject({ lockedAt: null, removedAt: null, ideaStatus: "open", pinScope: null });
  expect(await recordedEvents()).toEqual([]);
  await closeTopic(here, topic.id, { reason: "Answered in the manual" });
  expect((await topicOf(topic.id)).lockedReason).toBe("Answered in the manual");
});

test("after any run of acts every counter is what counting says", async () => {
  const category = await make.category();
  const people = [await make.member(), await make.member(), await make.member({ role: "moderator" })];
  const { id } = await createTopic(people[0]!, category.id, { title: "Q", kind: "question", body: text("?") });
  for (const person of people) await createReply(person, id, { body: text("A"), replyToNumber: 1 });
  const counters = async () => ({
    topic: await db.execute(sql`select post_count, reaction_count, vote_count, participant_ids, last_post_author_id from topics`),
    posts: await db.execute(sql`select number, reply_count, (select jsonb_object_agg(key, value) from jsonb_each(reaction_counts) where value <> '0') from posts order by number`),
    people: await db.execute(sql`select id, topic_count, post_count, solution_count from members order by id`),
    places: await db.execute(sql`select topic_count from categories`),
  });
  const act = fc.record({ what: fc.integer({ min: 0, max: 8 }), who: fc.nat(2), number: fc.integer({ min: 1, max: 4 }) });

  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
    for (const { what, who, number } of acts) {
      const actor = people[who]!;
      const ref = { topicId: id, postNumber: number };
      const run = [
        () => react(actor, ref, { on: "like" }), () => react(actor, ref, { off: "like" }), () => vote(actor, id, { on: true }),
        () => vote(actor, id, { on: false }), () => acceptAnswer(actor, ref), () => unacceptAnswer(actor, ref),
        () => (number === 1 ? removeTopic(people[2]!, id, { reason: "" }) : removePost(actor, ref, { reason: "" })),
        () => restoreTopic(people[2]!, id), () => restorePost(people[2]!, ref),
      ][what]!;
      await run().catch((error: unknown) => {
        if (!(error instanceof ForbiddenError || error instanceof NotFoundError)) throw error;
      });
    }
    const kept = await counters();
    await db.transaction(recount);
    expect(kept).toEqual(await counters());
  }), { numRuns: 15 });
}, 60_000);
