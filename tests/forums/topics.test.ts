import { expect, test } from "vitest";
import { ForbiddenError, NotFoundError } from "#app/core/errors.ts";
import { guest, type Viewer } from "#app/core/viewer.ts";
import { listTopics } from "#app/forums/topic-lists.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { recordedEvents } from "#tests/support/work.ts";

test("a topic starts with its opening post, number 1", async () => {
  const { id: categoryId } = await make.category();
  const author = await make.member();

  const topic = await createTopic(author, categoryId, { title: "Größe & Farbe", kind: "question", body: text("Which?") });

  expect(topic.slug).toBe("groesse-and-farbe");
  const [post] = await db.select().from(posts);
  expect(post).toMatchObject({ topicId: topic.id, number: 1, bodyHtml: "<p>Which?</p>", bodyText: "Which?", renderVersion: 1 });
  expect(await recordedEvents()).toEqual([
    { type: "post.created", topicId: topic.id, categoryId, postId: post!.id, postNumber: 1, authorId: author.id },
    { type: "topic.created", topicId: topic.id, categoryId, authorId: author.id },
  ]);
});

test("a category where one may reply refuses a new topic, and one that is hidden is not found", async () => {
  const input = { title: "Hello", kind: "discussion" as const, body: text("Hi") };
  const member = await make.member();
  const replyOnly = await make.category({ members: "reply" });
  const hidden = await make.category({ staff: "create" });

  await expect(createTopic(member, replyOnly.id, input)).rejects.toThrow(ForbiddenError);
  await expect(createTopic(member, hidden.id, input)).rejects.toThrow(NotFoundError);

  expect(await db.$count(topics)).toBe(0);
  expect(await recordedEvents()).toEqual([]);
});

test("the latest topics are those of categories the viewer sees", async () => {
  const open = await make.topic();
  const members = await make.topic({ categoryId: (await make.category({ members: "see" })).id });
  const staff = await make.topic({ categoryId: (await make.category({ staff: "see" })).id });
  const seenBy = async (viewer: Viewer) => (await listTopics(db, viewer, { sort: "latest" })).topics.map(({ id }) => id).sort();

  expect(await seenBy(guest)).toEqual([open.id]);
  expect(await seenBy(await make.member())).toEqual([open.id, members.id]);
  expect(await seenBy(await make.member({ role: "moderator" }))).toEqual([open.id, members.id, staff.id]);
});
