import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { postRevisions, posts } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

/** A post of three versions by its author. */
async function edited() {
  const author = await make.member();
  const topic = await make.topic({ authorId: author.id });
  await make.post({ topicId: topic.id, authorId: author.id, body: text("The first wording"), createdAt: new Date(Date.now() - 3_600_000) });
  const ref = { topicId: topic.id, postNumber: 1 };
  const read = async () => (await db.select().from(posts).where(eq(posts.topicId, topic.id)))[0]!;
  for (const [words, reason] of [["The second wording", "clearer"], ["The third wording", "shorter"]] as const) {
    await editPost(author, ref, { body: text(words), reason, stamp: stampOf(await read()) });
  }
  return { author, topic, read, path: `/t/${topic.slug}/${topic.id}/1/history` };
}
const restore = (path: string, as: Member | undefined, revision: number, stamp: string) => visit(path, { as, form: { revision: String(revision), stamp } });

test("whoever reads a post reads what it said before, who changed it and why", async () => {
  const { path } = await edited();
  const page = await (await visit(path)).text();
  expect(page).toMatch(/The <del>second<\/del><ins>third<\/ins> wording/);
  expect(page).toContain("clearer");
  expect(page).not.toContain("Restore version");
  expect(await (await visit(`${path}?to=2`)).text()).toMatch(/The <del>first<\/del><ins>second<\/ins> wording/);
});

test("an old version comes back as a new one, and nothing of the history is lost", async () => {
  const { author, read, path } = await edited();
  expect((await visit(path, { as: author }).then((answer) => answer.text()))).toContain("Restore version 2");
  expect((await restore(path, author, 1, stampOf(await read()))).status).toBe(302);

  expect(await read()).toMatchObject({ revision: 4, bodyText: "The first wording" });
  expect((await db.select().from(postRevisions).orderBy(postRevisions.revision)).map(({ bodyText, reason }) => [bodyText, reason])).toEqual([
    ["The first wording", "clearer"], ["The second wording", "shorter"], ["The third wording", "Version 1 restored"],
  ]);
});

test("a version is restored by those who may edit the post, and only over the text they saw", async () => {
  const { author, read, path } = await edited();
  const stamp = stampOf(await read());
  expect((await restore(path, await make.member(), 1, stamp)).status).toBe(403);
  expect((await restore(path, undefined, 1, stamp)).status).toBe(302);
  expect((await restore(path, author, 9, stamp)).status).toBe(404);
  const moderator = await make.member({ role: "moderator" });
  expect((await restore(path, moderator, 2, stamp)).status).toBe(302);
  const late = await restore(path, author, 1, stamp);
  expect(late.status).toBe(409);
  expect(await late.text()).toContain("was changed meanwhile");
  expect(await read()).toMatchObject({ revision: 4, bodyText: "The second wording" });
});
