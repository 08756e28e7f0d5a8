import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createArticle, restoreWords, saveArticle } from "#app/blogs/save-article.ts";
import { accessArticle } from "#app/blogs/articles.ts";
import { listArticles, listOwnArticles } from "#app/blogs/article-lists.ts";
import { listSaves, readArticleRevision } from "#app/blogs/article-history.ts";
import type { ArticleInput } from "#app/blogs/inputs.ts";
import { articleInput } from "#app/blogs/inputs.ts";
import { listParts } from "#app/blogs/series.ts";
import { countWords, firstWords, minutesToRead } from "#app/blogs/words.ts";
import { guest } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { articleRevisions, articles, blogAuthors } from "#db/schema/blogs.ts";
import { make, text } from "#tests/support/make.ts";
import { recordedEvents } from "#tests/support/work.ts";

const words = (values: Partial<ArticleInput> = {}): ArticleInput => ({ title: "Cold cells", body: text("Cells do not like frost."), excerpt: "", tags: [], series: "", part: null, canonicalUrl: "", cover: "", coverAlt: "", takesComments: true, draftId: undefined, key: undefined, ...values });

test("a draft is its author's: other members and guests are told that there is no such article", async () => {
  const blog = await make.blog();
  const [author, colleague, member] = [await make.member({ role: "editor" }), await make.member({ role: "moderator" }), await make.member()];
  const { id } = await createArticle(author, blog.slug, words());

  expect(await accessArticle(db, author, id)).toMatchObject({ state: "draft", revision: 1, excerpt: "Cells do not like frost.", wordCount: 5, slug: "cold-cells" });
  expect(await accessArticle(db, colleague, id)).toMatchObject({ id });
  for (const viewer of [member, guest]) await expect(accessArticle(db, viewer, id)).rejects.toMatchObject({ name: "NotFoundError" });
  expect((await listArticles(db, author, { blogId: blog.id })).items).toEqual([]);
  expect((await listOwnArticles(db, author)).items.map((article) => article.id)).toEqual([id]);
  // Nobody is told of what nobody may read.
  expect(await recordedEvents()).toEqual([]);
});

test("members write where they are named as authors, and in a person's blog nobody but that person, whatever their duty", async () => {
  const blog = await make.blog();
  const member = await make.member();
  await expect(createArticle(member, blog.slug, words())).rejects.toMatchObject({ name: "ForbiddenError", key: "blogs.mayNotWrite" });
  await db.insert(blogAuthors).values({ blogId: blog.id, memberId: member.id });
  await createArticle(member, blog.slug, words());

  const owner = await make.member();
  const own = await make.blog({ voice: "person", ownerId: owner.id, rights: { everyone: "see", members: "create", staff: "create" } });
  for (const other of [member, await make.member({ role: "owner" }), await make.member({ role: "editor" })]) {
    await expect(createArticle(other, own.slug, words())).rejects.toMatchObject({ name: "ForbiddenError", key: "blogs.onlyOwner" });
  }
  const { id } = await createArticle(owner, own.slug, words());
  await expect(saveArticle(await make.member({ role: "owner" }), id, { ...words({ title: "Mine now" }), revision: 1 })).rejects.toMatchObject({ name: "ForbiddenError" });
});

test("an author changes their own articles, not those of others; an editor changes all of the blog", async () => {
  const blog = await make.blog({ rights: { everyone: "see", members: "create" } });
  const [author, other, editor] = [await make.member(), await make.member(), await make.member({ role: "editor" })];
  const { id } = await createArticle(author, blog.slug, words());
  await db.update(articles).set({ state: "published", publishedAt: new Date() }).where(eq(articles.id, id));

  await expect(saveArticle(other, id, { ...words(), revision: 1 })).rejects.toMatchObject({ key: "blogs.onlyItsAuthor" });
  await saveArticle(editor, id, { ...words({ title: "Cold cells, corrected" }), revision: 1 });

  expect((await recordedEvents()).map(({ type }) => type)).toEqual(["article.edited"]);
});

test("a save over a newer one changes nothing, and what each save replaced can be read and brought back", async () => {
  const blog = await make.blog();
  const [author, editor] = [await make.member({ role: "editor" }), await make.member({ role: "editor" })];
  const { id } = await createArticle(author, blog.slug, words());
  await saveArticle(editor, id, { ...words({ title: "Warm cells", body: text("Second words.") }), revision: 1 });

  await expect(saveArticle(author, id, { ...words({ body: text("Lost?") }), revision: 1 })).rejects.toMatchObject({ name: "ConflictError", key: "blogs.savedMeanwhile" });

  const now = await accessArticle(db, author, id);
  expect(now).toMatchObject({ title: "Warm cells", bodyText: "Second words.", revision: 2 });
  expect(await db.$count(articleRevisions)).toBe(1);
  expect(await listSaves(db, id)).toMatchObject([{ revision: 2, by: { username: editor.username } }]);
  const before = await readArticleRevision(db, now, 1);
  await restoreWords(author, id, { revision: 2, title: before.title, body: before.body });
  expect(await accessArticle(db, author, id)).toMatchObject({ title: "Cold cells", bodyText: "Cells do not like frost.", revision: 3, slug: "cold-cells" });
});

test("two saves of the same revision at once: one is kept, the other is refused", async () => {
  const blog = await make.blog();
  const author = await make.member({ role: "editor" });
  const { id } = await createArticle(author, blog.slug, words());

  const results = await Promise.allSettled(["One", "Two"].map((title) => saveArticle(author, id, { ...words({ title }), revision: 1 })));

  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.$count(articleRevisions)).toBe(1);
});

test("a form sent twice makes one article", async () => {
  const blog = await make.blog();
  const author = await make.member({ role: "editor" });
  const key = crypto.randomUUID();
  const [first, second] = await Promise.all([createArticle(author, blog.slug, words({ key })), createArticle(author, blog.slug, words({ key }))]);
  expect(second).toEqual(first);
  expect(await db.$count(articles)).toBe(1);
});

test("articles of a series are read by their parts, and only published ones are among them", async () => {
  const blog = await make.blog();
  const author = await make.member({ role: "editor" });
  const ids: number[] = [];
  for (const part of [2, 1, 3]) ids.push((await createArticle(author, blog.slug, words({ title: `Part ${part}`, series: part === 1 ? "waking the car" : "Waking the Car", part }))).id);
  for (const id of ids.slice(0, 2)) await db.update(articles).set({ state: "published", publishedAt: new Date() }).where(eq(articles.id, id));

  const [first] = await db.select().from(articles);
  expect((await listParts(db, first!.seriesId!)).map(({ title }) => title)).toEqual(["Part 1", "Part 2"]);
});

test("lists go on where they ended, however many came out in the same moment", async () => {
  const blog = await make.blog();
  const authorId = (await make.member({ role: "editor" })).id;
  const at = new Date();
  for (let n = 0; n < 5; n++) await make.article({ blogId: blog.id, authorId, publishedAt: at });
  await make.article({ blogId: blog.id, authorId, state: "scheduled", publishAt: at, publishedAt: null });

  const seen: number[] = [];
  for (let after: number | undefined; ; ) {
    const { items, next } = await listArticles(db, guest, { blogId: blog.id }, { after, limit: 2 });
    seen.push(...items.map(({ id }) => id));
    if (next === null) break;
    after = next;
  }
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(new Set(seen).size).toBe(5);
});

test("what an address elsewhere, a picture and a part must be is said at their fields", () => {
  const problems = (form: Record<string, string>) => articleInput.safeParse({ title: "T", body: "B", ...form }).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  expect(problems({ canonicalUrl: "http://example.com/a" })).toEqual(["canonicalUrl blogs.httpsOnly"]);
  expect(problems({ canonicalUrl: "javascript:alert(1)" })).toEqual(["canonicalUrl blogs.httpsOnly"]);
  expect(problems({ canonicalUrl: "https://user:secret@example.com/" })).toEqual(["canonicalUrl blogs.httpsOnly"]);
  expect(problems({ cover: "a".repeat(22) })).toEqual(["coverAlt blogs.altNeeded"]);
  expect(problems({ part: "0" })?.[0]).toMatch(/^part/);
  expect(problems({ canonicalUrl: "https://example.com/a", part: "", cover: "", takesComments: "on" })).toBeUndefined();
});

test("words are counted in every script, and an excerpt ends where a sentence does", () => {
  expect(countWords("It's a well-known fact.")).toBe(4);
  expect(countWords("支持中文吗")).toBe(3);
  expect([minutesToRead(0), minutesToRead(220), minutesToRead(1100)]).toEqual([1, 1, 5]);
  const sentence = "This is a sentence of some length that says something about batteries in the cold of winter. ";
  expect(firstWords(sentence.repeat(6))).toBe(sentence.repeat(2).trim());
  expect(firstWords("word ".repeat(100)).endsWith("word…")).toBe(true);
});
