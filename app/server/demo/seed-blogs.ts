import { inArray } from "drizzle-orm";
import { countWords, firstWords } from "#app/blogs/words.ts";
import { slugOf } from "#app/core/slug.ts";
import { subjectOf } from "#app/blogs/talk-subject.ts";
import { refreshAccess } from "#app/community/rights.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { momentIn, localIn } from "#app/core/zoned-time.ts";
import { topicSlug } from "#app/forums/topics.ts";
import type { Tx } from "#db/client.ts";
import { articles, articleTags, blogAuthors, blogFollows, blogs, blogSeries, type Article, type Blog } from "#db/schema/blogs.ts";
import { categories, categoryRights, divisions, groups } from "#db/schema/community.ts";
import { posts, reactions, tags, topics } from "#db/schema/forums.ts";
import { seedBlogs, seedUnpublished, type SeedBlog } from "#db/seed/blogs.ts";
import type { SeedArticle } from "#db/seed/read-articles.ts";
import { pickCrowd } from "./crowd.ts";
import { documentOf } from "./document.ts";
import { insertAll } from "./insert.ts";
import type { Members } from "./seed-people.ts";

const DAY = 86_400_000;

/** The articles of the demo by their blog. */
export type DemoArticles = Map<string, SeedArticle[]>;

/** The blogs, what they published with what readers said, and what is on its way. Counters are left to `recount`. */
export async function seedBlogsAndArticles(tx: Tx, byBlog: DemoArticles, members: Members, now: Date): Promise<void> {
  const made = await makeBlogs(tx, members);
  await refreshAccess(tx);
  const inOrder = seedBlogs.flatMap(({ slug }) => (byBlog.get(slug) ?? []).map((seed) => ({ seed, blog: made.get(slug)! }))).toSorted((a, b) => a.seed.at.getTime() - b.seed.at.getTime());
  const series = await makeSeries(tx, inOrder);
  const rows = await insertAll(tx, articles, inOrder.map(({ seed, blog }) => ({
    ...written(blog, members, seed), state: "published" as const, publishedAt: seed.at, createdAt: new Date(seed.at.getTime() - DAY), updatedAt: seed.at,
    seriesId: seed.series ? series.get(`${blog.id}/${seed.series}`) : null, seriesPart: seed.part ?? null,
  })));
  await tagAll(tx, inOrder.map(({ seed }, at) => ({ articleId: rows[at]!.id, names: seed.tags })));
  await insertAll(tx, articles, seedUnpublished.map(({ inDays, zone = "UTC", state, ...seed }) => ({
    ...written(made.get(seed.blog)!, members, { ...seed, excerpt: "" }), state, publishZone: zone, createdAt: new Date(now.getTime() - DAY), updatedAt: new Date(now.getTime() - DAY / 4),
    publishAt: inDays ? momentIn(`${localIn(new Date(now.getTime() + inDays * DAY), zone).slice(0, 10)}T09:00`, zone) : null,
  })));
  for (const [at, { seed, blog }] of inOrder.entries()) if (seed.comments.length > 0) await seedComments(tx, rows[at]!, blog, seed, members);
}

async function makeBlogs(tx: Tx, members: Members): Promise<Map<string, Blog>> {
  const divisionIds = new Map((await tx.select({ slug: divisions.slug, id: divisions.id }).from(divisions)).map(({ slug, id }) => [slug, id]));
  const groupIds = new Map((await tx.select().from(groups)).filter(({ kind }) => kind !== "custom").map(({ kind, id }) => [kind, id]));
  const made = new Map<string, Blog>();
  for (const { division, authors, ...blog } of seedBlogs) {
    const [category] = await tx.insert(categories).values({ ...placeOf(blog), divisionId: divisionIds.get(division)! }).returning();
    await tx.insert(categoryRights).values((["everyone", "members", "staff"] as const).map((kind) => ({ categoryId: category!.id, groupId: groupIds.get(kind)!, level: ({ everyone: "see", members: "reply", staff: "create" } as const)[kind] })));
    const [row] = await tx.insert(blogs).values({ ...blog, categoryId: category!.id }).returning();
    await insertAll(tx, blogAuthors, authors.map((username) => ({ blogId: row!.id, memberId: members.get(username)!.id })));
    await insertAll(tx, blogFollows, ["cleo", "ada"].map((username) => ({ blogId: row!.id, memberId: members.get(username)!.id })));
    made.set(blog.slug, row!);
  }
  return made;
}

function placeOf({ slug, name, description }: Pick<SeedBlog, "slug" | "name" | "description">) {
  return { slug: `blog-${slug}`, name, description, icon: "newspaper", holds: "blog" as const, position: 90, inheritsRights: false, allowedKinds: ["discussion" as const] };
}

async function makeSeries(tx: Tx, inOrder: { seed: SeedArticle; blog: Blog }[]): Promise<Map<string, number>> {
  const named = new Map(inOrder.flatMap(({ seed, blog }) => (seed.series ? [[`${blog.id}/${seed.series}`, { blogId: blog.id, title: seed.series, slug: slugOf(seed.series, "series") }] as const] : [])));
  const rows = await insertAll(tx, blogSeries, [...named.values()]);
  return new Map([...named.keys()].map((key, at) => [key, rows[at]!.id]));
}

function written(blog: Blog, members: Members, { title, author, body, excerpt }: { title: string; author: string; body: string; excerpt: string }) {
  const rendered = renderedBody(documentOf(body));
  return {
    blogId: blog.id, categoryId: blog.categoryId, authorId: members.get(author)!.id, title, slug: slugOf(title, "article"), ...rendered,
    wordCount: countWords(rendered.bodyText), excerpt: excerpt || firstWords(rendered.bodyText), isOwnExcerpt: excerpt !== "",
  };
}

async function tagAll(tx: Tx, tagged: { articleId: number; names: string[] }[]): Promise<void> {
  const names = [...new Set(tagged.flatMap((one) => one.names))].sort();
  await tx.insert(tags).values(names.map((name) => ({ slug: name, name }))).onConflictDoNothing();
  const ids = new Map((await tx.select({ id: tags.id, slug: tags.slug }).from(tags).where(inArray(tags.slug, names))).map(({ slug, id }) => [slug, id]));
  await insertAll(tx, articleTags, tagged.flatMap(({ articleId, names }) => names.map((name) => ({ articleId, tagId: ids.get(name)! }))));
}

/** The talk about an article: its opening, then the comments. */
async function seedComments(tx: Tx, article: Article, blog: Blog, { at, comments }: SeedArticle, members: Members): Promise<void> {
  const last = comments.at(-1)!.at;
  const [topic] = await tx.insert(topics).values({ articleId: article.id, categoryId: article.categoryId, authorId: article.authorId, kind: "discussion", title: article.title, slug: topicSlug(article.title), createdAt: comments[0]!.at, lastPostAt: last, version: comments.length + 1 }).returning();
  const opening = { topicId: topic!.id, number: 1, authorId: article.authorId, ...renderedBody(subjectOf(article, blog.slug).opening), createdAt: at };
  const rows = await insertAll(tx, posts, [opening, ...comments.map((comment, index) => ({
    topicId: topic!.id, number: index + 2, authorId: members.get(comment.author)!.id, replyToNumber: comment.replyTo ? comment.replyTo + 1 : null, ...renderedBody(documentOf(comment.body)), createdAt: comment.at,
  }))]);
  await insertAll(tx, reactions, comments.flatMap((comment, index) => Object.entries(comment.reactions).flatMap(([kind, count]) =>
    pickCrowd(count, members, { seed: `${article.title}:${index}:${kind}`, not: comment.author, by: comment.at }).map(({ id }) => ({ postId: rows[index + 1]!.id, memberId: id, kind: kind as keyof typeof comment.reactions, createdAt: comment.at })))));
}
