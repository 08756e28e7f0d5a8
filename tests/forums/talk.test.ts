import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createTopic } from "#app/forums/topics.ts";
import { createComment, findTalk, type TalkSubject } from "#app/forums/talk.ts";
import { guest } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { articles, blogs, type Article } from "#db/schema/blogs.ts";
import { categories } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { searchDocuments } from "#db/schema/search.ts";
import { pages } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";

const subjectOf = ({ categoryId, authorId, title }: Article): TalkSubject => ({ categoryId, authorId, title, opening: text("What people say about it.") });

test("the first comment opens the talk in the name of the article's author, and later ones join it", async () => {
  const article = await make.article({ title: "Cold cells" });
  const [ada, ben] = [await make.member(), await make.member()];
  expect(await findTalk(db, guest, { articleId: article.id })).toBeNull();

  const first = await createComment(ada, { articleId: article.id }, subjectOf(article), { body: text("Mine froze.") });
  const second = await createComment(ben, { articleId: article.id }, subjectOf(article), { body: text("Mine too.") });

  expect(second.topicId).toBe(first.topicId);
  expect(await findTalk(db, guest, { articleId: article.id })).toMatchObject({ title: "Cold cells", authorId: article.authorId, categoryId: article.categoryId, postCount: 3 });
  expect(await db.select({ number: posts.number, authorId: posts.authorId }).from(posts).orderBy(posts.number)).toEqual([
    { number: 1, authorId: article.authorId }, { number: 2, authorId: ada.id }, { number: 3, authorId: ben.id },
  ]);
});

test("ten first comments at once make one talk with ten comments", async () => {
  const article = await make.article();
  const people = await Promise.all(Array.from({ length: 10 }, () => make.member()));

  await Promise.all(people.map((one) => createComment(one, { articleId: article.id }, subjectOf(article), { body: text("First!") })));

  expect(await db.$count(topics)).toBe(1);
  expect(await db.$count(posts)).toBe(11);
});

test("who may only read the blog may not comment, and who does not see it does not learn of it", async () => {
  const readOnly = await make.article({ blogId: (await make.blog({ rights: { everyone: "see", staff: "create" } })).id });
  const hidden = await make.article({ blogId: (await make.blog({ rights: { staff: "create" } })).id });
  const member = await make.member();

  await expect(createComment(member, { articleId: readOnly.id }, subjectOf(readOnly), { body: text("But…") })).rejects.toMatchObject({ name: "ForbiddenError" });
  await expect(createComment(member, { articleId: hidden.id }, subjectOf(hidden), { body: text("Who's there?") })).rejects.toMatchObject({ name: "NotFoundError" });
  expect(await db.$count(topics)).toBe(0);
});

test("what people said about an article is out of sight in the very moment in which the article is, and comes back with it", async () => {
  const article = await make.article();
  const ada = await make.member();
  const { topicId } = await createComment(ada, { articleId: article.id }, subjectOf(article), { body: text("Zanzibar") });
  const shown = async () => ({ talk: (await findTalk(db, ada, { articleId: article.id }).catch(() => null)) !== null, documents: await db.$count(searchDocuments, and(eq(searchDocuments.source, "post"), eq(searchDocuments.groupId, topicId))), inCategory: (await db.select().from(categories).where(eq(categories.id, article.categoryId)))[0]!.topicCount });
  expect(await shown()).toEqual({ talk: true, documents: 1, inCategory: 1 });

  await db.update(articles).set({ state: "unpublished" }).where(eq(articles.id, article.id));
  expect(await shown()).toEqual({ talk: false, documents: 0, inCategory: 0 });

  await db.update(articles).set({ state: "published", title: "Renamed" }).where(eq(articles.id, article.id));
  expect(await shown()).toEqual({ talk: true, documents: 1, inCategory: 1 });
  expect((await findTalk(db, ada, { articleId: article.id }))!.title).toBe("Renamed");
});

test("a blog that moves to a private category takes its articles and their talk along", async () => {
  const article = await make.article();
  const member = await make.member();
  await createComment(member, { articleId: article.id }, subjectOf(article), { body: text("Hello") });
  const secret = await make.category({ staff: "create" }, { holds: "blog" });

  await db.update(blogs).set({ categoryId: secret.id }).where(eq(blogs.id, article.blogId));

  await expect(findTalk(db, member, { articleId: article.id })).rejects.toMatchObject({ name: "NotFoundError" });
  expect(await db.$count(searchDocuments, eq(searchDocuments.categoryId, article.categoryId))).toBe(0);
});

test("the talk of a page moves with the page into a part of the wiki with rights of its own", async () => {
  const page = await make.page();
  const member = await make.member();
  const subject = { categoryId: page.categoryId, authorId: page.createdById, title: page.title, opening: text("Talk") };
  await createComment(member, { pageId: page.id }, subject, { body: text("Is this so?") });
  const secret = await make.category({ staff: "create" }, { holds: "wiki" });

  await db.update(pages).set({ categoryId: secret.id }).where(eq(pages.id, page.id));

  await expect(findTalk(db, member, { pageId: page.id })).rejects.toMatchObject({ name: "NotFoundError" });
});

test("nobody starts a topic in a blog or a wiki", async () => {
  const { categoryId } = await make.wiki();

  await expect(createTopic(await make.member(), categoryId, { title: "Hello", kind: "discussion", body: text("Hi"), tags: [] })).rejects.toMatchObject({ name: "InvalidInputError" });
});
