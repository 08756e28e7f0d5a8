import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { ForbiddenError, NotFoundError } from "#app/core/errors.ts";
import { documentToMarkdown, markdownToDocument } from "#app/core/rich-text.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { createReply } from "#app/forums/replies.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { recordedEvents } from "#tests/support/work.ts";

test("a reply is stored, numbered and announced", async () => {
  const topic = await make.topic();
  const author = await make.member();

  const post = await createReply(author, topic.id, { body: text("I agree.") });

  const [after] = await db.select().from(topics).where(eq(topics.id, topic.id));
  expect(after).toMatchObject({ lastPostNumber: 1, postCount: 1, lastPostAuthorId: author.id, participantIds: [topic.authorId, author.id] });
  expect(await recordedEvents()).toEqual([
    { type: "post.created", topicId: topic.id, categoryId: topic.categoryId, postId: post.id, postNumber: 1, authorId: author.id },
  ]);
});

test("a locked topic refuses a member, says why, and keeps no trace", async () => {
  const topic = await make.topic({ lockedAt: new Date() });
  const author = await make.member();

  await expect(createReply(author, topic.id, { body: text("One more thing") })).rejects.toThrow(
    new ForbiddenError("forums.topicLocked"),
  );

  expect(await db.$count(posts)).toBe(0);
  expect(await recordedEvents()).toEqual([]);
});

test("a locked topic still takes a moderator's reply", async () => {
  const topic = await make.topic({ lockedAt: new Date() });
  await createReply(await make.member({ role: "moderator" }), topic.id, { body: text("Closing note.") });
  expect(await db.$count(posts)).toBe(1);
});

test("a staff topic is not found, rather than forbidden, for a member", async () => {
  const topic = await make.topic({ categoryId: (await make.category({ staff: "create" })).id });
  await expect(createReply(await make.member(), topic.id, { body: text("Hi") })).rejects.toThrow(NotFoundError);
});

test("replies made at the same moment get numbers in turn", async () => {
  const topic = await make.topic();
  const author = await make.member();

  await Promise.all(Array.from({ length: 8 }, () => createReply(author, topic.id, { body: text("Me too") })));

  const numbers = await db.select({ number: posts.number }).from(posts).orderBy(asc(posts.number));
  expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("a name that nobody bears stays words; one that somebody bears becomes a link to them", async () => {
  await make.member({ username: "Brunhild" });
  const topic = await make.topic();
  const author = await make.member();
  const { id } = await createReply(author, topic.id, { body: markdownToDocument("Ask @brunhild, or **@nobody-at-all**, or @nobody2.\n\n> @someone said so") });
  const [post] = await db.select().from(posts).where(eq(posts.id, id));
  expect(post!.bodyHtml).toContain('<a class="mention" href="/u/brunhild">@brunhild</a>, or <strong>@nobody-at-all</strong>, or @nobody2.');
  expect(post!.bodyHtml).not.toContain("/u/someone");

  await editPost(author, { topicId: topic.id, postNumber: 1 }, { body: markdownToDocument("No, ask @nobody2 or @brunhild."), reason: "", stamp: stampOf(post!) });
  const [after] = await db.select().from(posts).where(eq(posts.id, id));
  expect(after!.bodyHtml).toBe('<p>No, ask @nobody2 or <a class="mention" href="/u/brunhild">@brunhild</a>.</p>');
  // What is edited as Markdown afterwards is read the same way.
  expect(markdownToDocument(documentToMarkdown(after!.body))).toEqual(after!.body);
});
