import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeEach, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { storeImage } from "#app/core/files/files.ts";
import { articlePath } from "#app/blogs/paths.ts";
import { publishArticle } from "#app/blogs/publish-article.ts";
import { db } from "#db/client.ts";
import { articles, blogFollows, blogSlugs, blogs, type Article } from "#db/schema/blogs.ts";
import { posts, topics } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { wikiSlugs } from "#db/schema/wikis.ts";
import { ensureGroups } from "#tests/support/groups.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

config.dataDir = mkdtempSync(path.join(tmpdir(), "wellspring-blogs-"));
afterAll(() => rmSync(config.dataDir, { recursive: true, force: true }));
beforeEach(ensureGroups);

const at = async ({ blogId, slug, id }: Pick<Article, "blogId" | "slug" | "id">) => articlePath({ blog: (await db.select().from(blogs).where(eq(blogs.id, blogId)))[0]!.slug, slug, id });
const where = (answer: Response) => [answer.status, answer.headers.get("location")];
const form = (values: Record<string, string> = {}) => ({ title: "Cold cells", body: "Cells do not like **frost**.", excerpt: "", tags: "winter, cells", series: "", part: "", canonicalUrl: "", cover: "", coverAlt: "", takesComments: "on", revision: "1", next: "publish", ...values });

test("an article is written, saved, published and read by plain forms", async () => {
  const blog = await make.blog({ slug: "workshop" });
  const author = await make.member({ role: "editor" });
  expect((await visit("/b/workshop/new", { as: author })).status).toBe(200);

  const made = await visit("/b/workshop/new", { as: author, form: form() });
  const [article] = await db.select().from(articles);
  const page = `/b/workshop/cold-cells-${article!.id}`;
  expect(where(made)).toEqual([302, `${page}/publish`]);
  expect((await visit(page)).status).toBe(404);
  expect(await (await visit(`${page}/publish`, { as: author })).text()).toContain('type="datetime-local"');
  expect(where(await visit(`${page}/publish`, { as: author, form: { intent: "publish" } }))).toEqual([302, page]);

  const read = await (await visit(page)).text();
  expect(read).toContain("Cells do not like <strong>frost</strong>.");
  expect(read).toContain(`href="/b/workshop/tag/winter"`);
  for (const list of ["/blogs", "/b/workshop", "/b/workshop/tag/winter", `/b/workshop/by/${author.username}`, "/", `/d/division-of-${blog.categoryId}`]) {
    const answer = await visit(list);
    if (answer.status === 200) expect(await answer.text(), list).toContain(page);
  }
});

test("wrong words in an address, and the address a blog had, lead to the right one after access; what is hidden is not found", async () => {
  const blog = await make.blog({ slug: "new-name" });
  const article = await make.article({ blogId: blog.id, slug: "right" });
  const hidden = await make.article({ slug: "secret", state: "draft" });
  await db.insert(blogSlugs).values({ slug: "old-name", blogId: blog.id });
  const right = `/b/new-name/right-${article.id}`;

  expect(where(await visit(`/b/new-name/wrong-${article.id}?after=1`))).toEqual([301, `${right}?after=1`]);
  expect(where(await visit(`/b/anything/${article.id}`))).toEqual([301, right]);
  expect(where(await visit("/b/old-name"))).toEqual([301, "/b/new-name"]);
  expect(where(await visit(`/b/old-name/by/nobody`))[0]).toBe(301);
  for (const address of [`/b/new-name/secret-${hidden.id}`, `/b/new-name/x-${hidden.id}`, "/b/new-name/tag/none", "/b/new-name/series/none", "/b/new-name/by/nobody", "/b/none"]) expect(where(await visit(address)), address).toEqual([404, null]);
});

test("comments stand under the article, are sent to it, and acts on them lead back to it", async () => {
  const article = await make.article();
  const [reader, other] = [await make.member(), await make.member()];
  const page = await at(article);
  expect(await (await visit(page)).text()).toContain("Sign in to comment.");
  expect(await (await visit(page, { as: reader })).text()).toContain(`action="${page}"`);

  const sent = await visit(page, { as: reader, form: { body: "I have seen **this**.", key: crypto.randomUUID() } });
  expect(where(sent)).toEqual([302, `${page}?comment=2#post-2`]);
  const [topic] = await db.select().from(topics);
  const shown = await (await visit(page)).text();
  expect(shown).toContain("I have seen <strong>this</strong>.");
  expect(shown).toContain("1 comment");
  expect(shown).not.toContain('id="post-1"');

  expect(where(await visit(`/t/${topic!.slug}/${topic!.id}/2/react`, { as: other, form: { on: "like" } }))).toEqual([302, `${page}?comment=2#post-2`]);
  expect(where(await visit(`/t/${topic!.slug}/${topic!.id}/2/remove`, { as: reader, form: { reason: "" } }))).toEqual([302, `${page}?comment=2#post-2`]);
  const talk = await (await visit(`/t/${topic!.slug}/${topic!.id}`)).text();
  expect(talk).toContain("Comments on ");
  expect(talk).toContain(`href="${page}"`);
});

test("an empty comment comes back with a reason, and what was typed beside it; a closed article takes none", async () => {
  const article = await make.article();
  const reader = await make.member();
  const deep = await visit(await at(article), { as: reader, form: { body: `${">".repeat(2000)} deep` } });
  expect(deep.status).toBe(422);
  expect(await deep.text()).toContain("&gt;&gt;&gt;");

  await db.update(articles).set({ commentsClosedAt: new Date() });
  const closed = await visit(await at(article), { as: reader, form: { body: "Me too" } });
  expect([closed.status, await db.$count(posts)]).toEqual([403, 0]);
  expect(await closed.text()).toContain("Closed to new comments.");
});

test("of many comments the first twenty are shown, and any one is found by its number", async () => {
  const article = await make.article();
  const topic = await make.topic({ articleId: article.id, categoryId: article.categoryId, authorId: article.authorId });
  for (let n = 1; n <= 25; n++) await make.post({ topicId: topic.id, authorId: article.authorId, body: text(`Comment number ${n - 1}.`) });

  const first = await (await visit(await at(article))).text();
  expect([first.includes("Comment number 1."), first.includes("Comment number 20."), first.includes("Comment number 21.")]).toEqual([true, true, false]);
  expect(first).toContain(`${await at(article)}?comment=22#post-22`);
  const later = await (await visit(`${await at(article)}?comment=23`)).text();
  expect([later.includes("Comment number 22."), later.includes("Comment number 20.")]).toEqual([true, false]);
});

test("a save over somebody else's shows both texts, keeps what was typed, and can be repeated", async () => {
  const author = await make.member({ role: "editor" });
  const article = await make.article({ authorId: author.id, revision: 2, body: text("What they saved.") });
  const page = `${await at(article)}/edit`;

  const refused = await visit(page, { as: author, form: form({ body: "What I typed.", title: "My title", revision: "1", next: "read" }) });
  const shown = await refused.text();
  expect(refused.status).toBe(409);
  for (const words of ["What they saved.", "What I typed.", "My title", 'name="revision" value="2"']) expect(shown).toContain(words);
  expect((await visit(page, { as: author, form: form({ body: "Both.", revision: "2", next: "read" }) })).status).toBe(302);
  expect(await (await visit(`${await at({ ...article, slug: "cold-cells" })}/history`, { as: author })).text()).toContain("<ins>Both</ins>");
});

test("a private link shows a draft with its pictures to anybody, is kept by nobody, and dies when the article comes out", async () => {
  const author = await make.member({ role: "editor" });
  const file = await storeImage(author, { name: "plan.jpg", bytes: await sharp({ create: { width: 300, height: 200, channels: 3, background: "red" } }).jpeg().toBuffer() }, "post");
  await make.blog({ slug: "lab" });
  const body = JSON.stringify({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Unripe words." }, { type: "image", attrs: { key: file.storageKey, width: 300, height: 200, alt: "A plan" } }] }] } as RichText);
  const sent = await visit("/b/lab/new", { as: author, form: form({ body, cover: file.storageKey, coverAlt: "Red" }) });
  expect(where(sent)).toMatchObject([302, expect.stringContaining("/publish")]);
  const [article] = await db.select().from(articles);
  const made = await visit(`${await at(article!)}/publish`, { as: author, form: { intent: "make-preview" } });
  const link = new URL(/http[^"<]*\/b\/lab\/preview\/[\w-]{32}/.exec(await made.text())![0]).pathname;

  const preview = await visit(link);
  const html = await preview.text();
  expect([preview.status, preview.headers.get("cache-control"), preview.headers.get("x-robots-tag"), preview.headers.get("referrer-policy")]).toEqual([200, "private, no-store", "noindex", "no-referrer"]);
  expect(html).toContain("Unripe words.");
  const picture = new RegExp(`${link}/files/[\\w-]{22}/[\\w.]+`).exec(html)![0];
  expect((await visit(picture)).status).toBe(200);
  expect((await visit(picture.replace(link, ""))).status).toBe(404);

  await publishArticle(author, article!.id);
  expect([(await visit(link)).status, (await visit(picture)).status]).toEqual([404, 404]);
  expect((await visit(picture.replace(link, ""))).status).toBe(200);
});

test("a time that has passed is refused with what was chosen; a scheduled one tells when, in its zone", async () => {
  const author = await make.member({ role: "editor" });
  const article = await make.article({ authorId: author.id, state: "draft" });
  const page = `${await at(article)}/publish`;
  const past = await visit(page, { as: author, form: { intent: "schedule", at: "2020-01-01T10:00", zone: "Asia/Tokyo" } });
  const shown = await past.text();
  expect([past.status, shown.includes("2020-01-01T10:00"), shown.includes("A moment in the next five years")]).toEqual([422, true, true]);

  const at2030 = `${new Date().getUTCFullYear() + 1}-06-01T10:00`;
  expect((await visit(page, { as: author, form: { intent: "schedule", at: at2030, zone: "Asia/Tokyo" } })).status).toBe(302);
  expect(await (await visit(await at(article), { as: author })).text()).toContain("Asia/Tokyo");
});

test("a blog is made with its rights, renamed, given authors, and followed", async () => {
  const [owner, member] = [await make.member({ role: "owner" }), await make.member({ username: "grete" })];
  const division = await make.division({ slug: "tools" });
  await make.category({ everyone: "see" }, { divisionId: division.id });
  const made = await visit("/admin/blogs/new", { as: owner, form: { divisionId: String(division.id), name: "Tool talk", slug: "tool-talk", description: "", voice: "team", owner: "" } });
  const [blog] = await db.select().from(blogs);
  expect(where(made)).toEqual([302, `/admin/blogs/${blog!.id}?saved`]);
  expect((await visit("/b/tool-talk/new", { as: member, form: form() })).status).toBe(403);
  await visit(`/admin/blogs/${blog!.id}/authors`, { as: owner, form: { intent: "add", username: "@Grete" } });
  expect((await visit("/b/tool-talk/new", { as: member, form: form() })).status).toBe(302);

  await visit(`/admin/blogs/${blog!.id}`, { as: owner, form: { name: "Tools", slug: "tools", description: "", voice: "team", owner: "" } });
  expect(where(await visit("/b/tool-talk"))).toEqual([301, "/b/tools"]);
  const again = await visit("/admin/blogs/new", { as: owner, form: { divisionId: String(division.id), name: "Other", slug: "tool-talk", description: "", voice: "team", owner: "" } });
  expect(again.status).toBe(422);
  for (const on of ["1", "1"]) expect(where(await visit("/b/tools/follow", { as: member, form: { on } }))).toEqual([302, "/b/tools"]);
  expect(await db.$count(blogFollows)).toBe(1);
  await visit("/b/tools/follow", { as: member, form: { on: "" } });
  expect(await db.$count(blogFollows)).toBe(0);
  for (const address of ["/admin/blogs", "/admin/blogs/new", `/admin/blogs/${blog!.id}`]) expect((await visit(address, { as: member })).status).toBe(403);
});

test("what is not public shows in no list, to nobody but those who write it", async () => {
  const blog = await make.blog({ slug: "quiet" });
  const author = await make.member({ role: "editor" });
  for (const state of ["draft", "scheduled", "unpublished"] as const) await make.article({ blogId: blog.id, authorId: author.id, state, title: "Zephyrquill", slug: "zephyrquill", publishAt: new Date(Date.now() + 9e6), publishedAt: null });
  const gone = await make.article({ blogId: blog.id, authorId: author.id, title: "Zephyrquill", slug: "zephyrquill", removedAt: new Date() });
  const member = await make.member();

  for (const address of ["/", "/blogs", "/b/quiet", `/b/quiet/by/${author.username}`, `/b/quiet?after=${gone.id}`, "/my-articles", "/sitemap.xml", `/u/${author.username}`]) {
    for (const as of [undefined, member]) for (const each of [address, address === "/" ? "/_root.data" : `${address.replace(/(\?|$)/, ".data$1")}`]) expect((await (await visit(each, { as })).text()).includes("Zephyrquill"), each).toBe(false);
  }
  expect(await (await visit("/b/quiet", { as: author })).text()).toContain("Zephyrquill");
  expect(await (await visit("/my-articles", { as: author })).text()).toContain("Zephyrquill");
});

test("a form sent to a name that the article, topic or wiki had before loses nothing", async () => {
  const editor = await make.member({ role: "editor" });
  const article = await make.article({ authorId: editor.id, title: "Pumps", slug: "pumps" });
  const [blog] = await db.select().from(blogs).where(eq(blogs.id, article.blogId));
  const reader = await make.member();
  const said = await visit(`/b/${blog!.slug}/pipes-${article.id}`, { as: reader, form: { body: "Typed under the old name" } });
  expect([said.status, said.headers.get("location")]).toEqual([302, `/b/${blog!.slug}/pumps-${article.id}?comment=2#post-2`]);
  const edited = await visit(`/b/old/pipes-${article.id}/edit`, { as: editor, form: { title: "", body: "Typed at length", revision: "1", next: "read" } });
  expect([edited.status, (await edited.text()).includes("Typed at length")]).toEqual([422, true]);

  const topic = await make.topic({ slug: "pumps", lockedAt: new Date() });
  await make.post({ topicId: topic.id });
  const refused = await visit(`/t/pipes/${topic.id}`, { as: reader, form: { body: "Typed into a closed topic" } });
  expect([refused.status, refused.headers.get("location")]).toEqual([403, null]);

  const wiki = await make.wiki({ slug: "almanac" });
  await db.insert(wikiSlugs).values({ slug: "handbook", wikiId: wiki.id });
  const page = await visit("/w/handbook/new", { as: reader, form: { title: "", body: "Typed into a new page" } });
  expect([page.status, (await page.text()).includes("Typed into a new page")]).toEqual([422, true]);
});
