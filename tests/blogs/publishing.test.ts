import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { publishArticle, publishOnTime, publishOverdue, removeArticle, restoreArticle, scheduleArticle, unpublishArticle, unscheduleArticle } from "#app/blogs/publish-article.ts";
import { dropPreview, makePreview, readPreview } from "#app/blogs/previews.ts";
import { subjectOf } from "#app/blogs/talk-subject.ts";
import { localIn, momentIn } from "#app/core/zoned-time.ts";
import { createComment } from "#app/forums/talk.ts";
import { record } from "#app/core/events.ts";
import type { Member } from "#app/core/viewer.ts";
import { countUnread, listInbox } from "#app/notifications/inbox.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, type Article } from "#db/schema/blogs.ts";
import { memberRoles } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { notifications } from "#db/schema/notifications.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork, recordedEvents, waitingWork } from "#tests/support/work.ts";

async function draft(values: Partial<Article> = {}) {
  const author = await make.member({ role: "editor" });
  const article = await make.article({ authorId: author.id, state: "draft", ...values });
  return { author, article, blog: article.blogId };
}

const now = async (id: number) => (await db.select().from(articles).where(eq(articles.id, id)))[0]!;
const published = async () => (await recordedEvents()).filter(({ type }) => type === "article.published");
const inAnHour = () => ({ at: localIn(new Date(Date.now() + 3_600_000), "Europe/Rome"), zone: "Europe/Rome" });

test("publishing makes it public once, and tells so once, however often and by how many at once it is asked", async () => {
  const { author, article } = await draft();

  await Promise.all(Array.from({ length: 6 }, () => publishArticle(author, article.id)));
  await publishArticle(author, article.id);

  expect(await now(article.id)).toMatchObject({ state: "published", publishedAt: expect.any(Date) });
  expect(await published()).toEqual([{ type: "article.published", articleId: article.id, blogId: article.blogId, categoryId: article.categoryId, actorId: author.id, isAgain: false }]);
});

test("taken back it hides at once with its talk; published again it keeps its date, its address and its comments", async () => {
  const { author, article } = await draft();
  await publishArticle(author, article.id);
  const first = await now(article.id);
  const reader = await make.member();
  const { topicId } = await createComment(reader, { articleId: article.id }, subjectOf(first, "blog"), { body: text("Good."), key: undefined });

  await unpublishArticle(author, article.id);
  const [hidden] = await db.select().from(topics).where(eq(topics.id, topicId));
  expect(hidden).toMatchObject({ isRemovedWithSubject: true, removedAt: expect.any(Date) });
  await expect(createComment(reader, { articleId: article.id }, subjectOf(first, "blog"), { body: text("Still?"), key: undefined })).rejects.toMatchObject({ name: "NotFoundError" });

  await publishArticle(author, article.id);
  expect(await now(article.id)).toMatchObject({ id: article.id, publishedAt: first.publishedAt, state: "published" });
  expect((await db.select().from(topics).where(eq(topics.id, topicId)))[0]).toMatchObject({ removedAt: null, postCount: 2 });
  expect((await recordedEvents()).map((event) => [event.type, "isAgain" in event ? event.isAgain : null]).filter(([type]) => String(type).startsWith("article"))).toEqual([["article.published", false], ["article.hidden", null], ["article.published", true]]);
});

test("a scheduled article comes out at its moment, once, though two workers do its job and a sweep looks at it in the same moment", async () => {
  const { author, article } = await draft();
  await scheduleArticle(author, article.id, inAnHour());
  expect(await now(article.id)).toMatchObject({ state: "scheduled", publishZone: "Europe/Rome" });
  expect((await waitingWork()).map(({ task, key }) => [task, key])).toEqual([["blogs.publish-on-time", `blogs.publish-on-time:${article.id}`]]);

  await finishWork({ afterMinutes: 61 });
  expect(await now(article.id)).toMatchObject({ state: "scheduled" });

  await db.update(articles).set({ publishAt: sql`now() - interval '1 second'` }).where(eq(articles.id, article.id));
  await Promise.all([publishOnTime.run({ articleId: article.id }), publishOnTime.run({ articleId: article.id }), publishOverdue.run({}), publishOverdue.run({})]);

  expect(await now(article.id)).toMatchObject({ state: "published", publishAt: null });
  expect(await published()).toHaveLength(1);
});

test("two workers that run the queue at once publish it once", async () => {
  const { author, article } = await draft();
  await scheduleArticle(author, article.id, inAnHour());
  await db.update(articles).set({ publishAt: sql`now() - interval '1 second'` }).where(eq(articles.id, article.id));
  await publishOverdue.run({});

  const ran = (await Promise.all([finishWork({ afterMinutes: 62 }), finishWork({ afterMinutes: 0 })])).flat();

  expect(ran.filter((name) => name === "article.published")).toHaveLength(1);
  expect(await now(article.id)).toMatchObject({ state: "published" });
});

test("what fell due while no worker was there comes out when one is back, and what was removed does not", async () => {
  const { author, article } = await draft();
  const { article: gone } = await draft();
  for (const { id } of [article, gone]) await db.update(articles).set({ state: "scheduled", publishAt: sql`now() - interval '3 hours'` }).where(eq(articles.id, id));
  await removeArticle(await make.member({ role: "owner" }), gone.id, { reason: "" });

  await publishOverdue.run({});

  expect((await now(article.id)).state).toBe("published");
  expect((await now(gone.id)).state).toBe("scheduled");
  // Restored later it waits for its author, and does not come out behind their back.
  await restoreArticle(await make.member({ role: "owner" }), gone.id);
  await publishOverdue.run({});
  expect((await now(gone.id)).state).toBe("draft");
  expect(author.id).toBe((await now(article.id)).authorId);
});

test("a wish taken back or set anew: the job that is left finds nothing to do", async () => {
  const { author, article } = await draft();
  await scheduleArticle(author, article.id, inAnHour());
  await unscheduleArticle(author, article.id);
  await finishWork({ afterMinutes: 62 });
  expect(await now(article.id)).toMatchObject({ state: "draft", publishAt: null });

  for (const at of ["2001-01-01T09:00", localIn(new Date(Date.now() + 6 * 31_556_952_000), "UTC")]) {
    await expect(scheduleArticle(author, article.id, { at, zone: "UTC" })).rejects.toMatchObject({ name: "InvalidInputError", field: "at" });
  }
});

test("the moment is read from the clocks of the zone, also on the days on which they change", () => {
  expect(momentIn("2026-07-01T09:00", "Europe/Rome").toISOString()).toBe("2026-07-01T07:00:00.000Z");
  expect(momentIn("2026-01-01T09:00", "America/New_York").toISOString()).toBe("2026-01-01T14:00:00.000Z");
  expect(momentIn("2026-03-29T02:30", "Europe/Rome").toISOString()).toBe("2026-03-29T01:30:00.000Z");
  expect(momentIn("2026-10-25T02:30", "Europe/Rome").toISOString()).toBe("2026-10-25T00:30:00.000Z");
  expect(localIn(new Date("2026-07-01T07:00:00Z"), "Asia/Kolkata")).toBe("2026-07-01T12:30");
});

test("removing hides it from readers and its author's colleagues without a duty; only who removed it, or a moderator, brings it back", async () => {
  const { author, article } = await draft();
  await publishArticle(author, article.id);
  const moderator = await make.member({ role: "moderator" });

  await removeArticle(moderator, article.id, { reason: "Names a customer." });
  await expect(restoreArticle(author, article.id)).rejects.toMatchObject({ name: "NotFoundError" });
  await expect(publishArticle(moderator, article.id)).rejects.toMatchObject({ name: "ForbiddenError" });
  await restoreArticle(moderator, article.id);
  expect(await now(article.id)).toMatchObject({ state: "published", removedAt: null, removedReason: "" });

  await removeArticle(author, article.id, { reason: "" });
  await restoreArticle(author, article.id);
  expect((await recordedEvents()).map(({ type }) => type)).toEqual(["article.published", "article.hidden", "article.published", "article.hidden", "article.published"]);
});

test("a preview's secret is stored as its hash, and ends when it is renewed, dropped, or the article is published", async () => {
  const { author, article } = await draft();
  const first = await makePreview(author, article.id);
  expect(JSON.stringify(await now(article.id))).not.toContain(first.token);
  expect(await readPreview(db, first.blog, first.token)).toMatchObject({ id: article.id });

  const second = await makePreview(author, article.id);
  await expect(readPreview(db, first.blog, first.token)).rejects.toMatchObject({ name: "NotFoundError" });
  expect(await readPreview(db, second.blog, second.token)).toMatchObject({ id: article.id });
  await dropPreview(author, article.id);
  await expect(readPreview(db, second.blog, second.token)).rejects.toMatchObject({ name: "NotFoundError" });

  const third = await makePreview(author, article.id);
  await publishArticle(author, article.id);
  await unpublishArticle(author, article.id);
  await expect(readPreview(db, third.blog, third.token)).rejects.toMatchObject({ name: "NotFoundError" });
  await expect(makePreview(await make.member(), article.id)).rejects.toMatchObject({ name: "NotFoundError" });
});

test("what was scheduled by someone who may no longer write there does not come out, and its author is told why, once", async () => {
  const { author, article } = await draft({ title: "Too late" });
  await scheduleArticle(author, article.id, inAnHour());
  await db.delete(memberRoles);
  await db.update(articles).set({ publishAt: sql`now() - interval '1 second'` }).where(eq(articles.id, article.id));
  await publishOverdue.run({});
  expect(await now(article.id)).toMatchObject({ state: "draft", publishAt: null, publishedAt: null });
  expect(await published()).toEqual([]);
  await finishWork();
  await publishOverdue.run({});
  await db.transaction((tx) => record(tx, { type: "article.held", articleId: article.id, blogId: article.blogId, categoryId: article.categoryId, actorId: author.id }));
  await finishWork();
  const told = async (member: Member) => (await listInbox(db, member)).map(({ kind, groupKey, title, href }) => [kind, groupKey, title, href.endsWith(`-${article.id}`)]);
  expect([await told(author), await countUnread(db, author)]).toEqual([[["staff", `staff:held:${article.id}`, "Too late", true]], 1]);
  // Nobody else reads such a line, were it theirs.
  const other = await make.member();
  await db.update(notifications).set({ memberId: other.id });
  expect([await told(other), await countUnread(db, other)]).toEqual([[], 0]);
});

test("what an editor scheduled comes out, though its author has left; what a suspended one did, does not", async () => {
  const { author, article } = await draft();
  const editor = await make.member({ role: "editor" });
  await scheduleArticle(editor, article.id, inAnHour());
  const second = (await draft()).article;
  await scheduleArticle(author, second.id, inAnHour());
  await db.delete(memberRoles).where(eq(memberRoles.memberId, author.id));
  await db.update(articles).set({ publishAt: sql`now() - interval '1 second'` });
  await publishOverdue.run({});
  expect([(await now(article.id)).state, (await now(second.id)).state]).toEqual(["published", "draft"]);

  const third = (await draft()).article;
  await scheduleArticle(editor, third.id, inAnHour());
  await db.update(members).set({ suspendedUntil: new Date(Date.now() + 1e9) }).where(eq(members.id, editor.id));
  await db.update(articles).set({ publishAt: sql`now() - interval '1 second'` }).where(eq(articles.id, third.id));
  await publishOverdue.run({});
  expect((await now(third.id)).state).toBe("draft");
});
