import { expect, test } from "vitest";
import { guest, type Member, type Viewer } from "#app/core/viewer.ts";
import { topicPath } from "#app/forums/paths.ts";
import { countActivity } from "#app/profiles/activity.ts";
import { listMediaBy } from "#app/profiles/media.ts";
import { db } from "#db/client.ts";
import { articleFiles } from "#db/schema/blogs.ts";
import { files, postFiles } from "#db/schema/files.ts";
import { pageFiles } from "#db/schema/wikis.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

let count = 0;
async function picture(owner: Member, values: Partial<typeof files.$inferInsert> = {}) {
  const [file] = await db.insert(files).values({ ownerId: owner.id, storageKey: `picture${String(++count).padStart(15, "0")}`, name: "pump.jpg", contentType: "image/jpeg", bytes: 9, width: 900, height: 600, sha256: "0", createdAt: new Date(Date.UTC(2020, 0, 1, 0, count)), ...values }).returning();
  return file!;
}
/** A picture in a post of a topic. */
async function shown(owner: Member, topic: { id: number }, values: Parameters<typeof make.post>[0] = {}) {
  const [file, post] = [await picture(owner), await make.post({ topicId: topic.id, authorId: owner.id, ...values })];
  await db.insert(postFiles).values({ postId: post.id, fileId: file.id });
  return file;
}
const seenBy = async (viewer: Viewer, owner: Member) => {
  const [{ items }, counts] = [await listMediaBy(db, viewer, owner.id), await countActivity(db, viewer, owner.id)];
  expect(counts.media).toBe(items.length);
  return items.map(({ title }) => title);
};

test("a profile shows the pictures its visitor may see, each with where it stands, and none that is hidden, private or in no post", async () => {
  const owner = await make.member({ username: "photo" });
  const open = await make.topic({ title: "Open" });
  const member = await make.member();
  await shown(owner, open);
  await shown(owner, await make.topic({ title: "Members only", categoryId: (await make.category({ members: "create" })).id }));
  await shown(owner, await make.topic({ title: "Staff only", categoryId: (await make.category({ staff: "create" })).id }));
  await shown(owner, await make.topic({ title: "Removed topic", removedAt: new Date() }));
  await shown(owner, await make.topic({ title: "Unlisted", unlistedAt: new Date() }));
  await shown(owner, await make.topic({ title: "Removed post" }), { removedAt: new Date() });
  await picture(owner);
  await picture(owner, { purpose: "avatar" });
  // In someone else's post it is not shown as theirs.
  const borrowed = await picture(owner);
  await db.insert(postFiles).values({ postId: (await make.post()).id, fileId: borrowed.id });
  const article = await make.article({ authorId: owner.id, title: "An article" });
  const draft = await make.article({ authorId: owner.id, title: "A draft", state: "draft" });
  const page = await make.page({ createdById: owner.id, title: "A page" });
  await db.insert(articleFiles).values([{ articleId: article.id, fileId: (await picture(owner)).id }, { articleId: draft.id, fileId: (await picture(owner)).id }]);
  await db.insert(pageFiles).values({ pageId: page.id, fileId: (await picture(owner)).id });

  expect(await seenBy(guest, owner)).toEqual(["A page", "An article", "Open"]);
  expect(await seenBy(member, owner)).toEqual(["A page", "An article", "Members only", "Open"]);
  expect(await seenBy(await make.member({ role: "owner" }), owner)).toEqual(["A page", "An article", "Staff only", "Members only", "Open"]);
  expect(await seenBy(owner, owner)).toEqual(["A page", "An article", "Members only", "Open"]);

  const html = await (await visit("/u/photo/media")).text();
  expect(html).toContain(`href="${topicPath(open, 1)}"`);
  expect(html).toContain('alt="Picture in Open"');
  expect(html).not.toMatch(/Members only|Staff only|Removed|Unlisted|A draft/);
  expect((await (await visit("/u/photo/media.data")).text())).not.toMatch(/Members only|Staff only|Removed|Unlisted|A draft/);
});

test("the tab is there for those who sent a picture, and pictures come a page at a time, each once", async () => {
  const [owner, none] = [await make.member({ username: "photo" }), await make.member({ username: "writer" })];
  const topic = await make.topic();
  const post = await make.post({ topicId: topic.id, authorId: owner.id });
  const again = await make.post({ topicId: topic.id, authorId: owner.id });
  for (let n = 0; n < 30; n++) {
    // Two of one moment; and one in two posts is one.
    const file = await picture(owner, { createdAt: new Date(Date.UTC(2021, 0, 1, 0, n >> 1)) });
    await db.insert(postFiles).values([{ postId: post.id, fileId: file.id }, { postId: again.id, fileId: file.id }]);
  }
  const first = await listMediaBy(db, guest, owner.id);
  const rest = await listMediaBy(db, guest, owner.id, { before: first.before! });
  expect([first.items.length, rest.items.length, rest.before]).toEqual([24, 6, null]);
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(30);
  expect(await (await visit("/u/photo")).text()).toContain('href="/u/photo/media"');
  expect(await (await visit("/u/photo/media")).text()).toContain(`href="/u/photo/media?before=${first.before}"`);
  expect(await (await visit(`/u/${none.username}`)).text()).not.toContain("/media");
  expect((await visit("/u/writer/media?before=x&before[]=1")).status).toBe(200);
});
