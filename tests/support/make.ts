import { and, eq, isNull } from "drizzle-orm";
import { refreshAccess } from "#app/community/rights.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { readMember } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, blogs, type Article, type Blog } from "#db/schema/blogs.ts";
import { categories, categoryRights, divisions, groups, memberRoles, type Category, type GroupKind, type RightsLevel, type RoleName } from "#db/schema/community.ts";
import { posts, topics, type Post, type Topic } from "#db/schema/forums.ts";
import { pageRevisions, pages, wikis, type Page as WikiPage, type Wiki } from "#db/schema/wikis.ts";
import type { RichText } from "#db/schema/rich-text.ts";

type Rights = Partial<Record<GroupKind, RightsLevel>>;
let count = 0;

/** Rows for tests. Everything has a sensible default; name only what your test is about. */
export const make = {
  /** A verified member. With a role, it is over the whole site unless a division is named. */
  async member({ role, divisionId, ...values }: Partial<typeof members.$inferInsert> & { role?: RoleName; divisionId?: number } = {}): Promise<Member> {
    const n = ++count;
    const username = values.username ?? `member${n}`;
    const [row] = await db
      .insert(members)
      .values({ username, usernameSkeleton: username.toLowerCase(), name: `Member ${n}`, email: `member${n}@example.com`, emailVerifiedAt: new Date(), ...values })
      .returning();
    if (role) await db.insert(memberRoles).values({ memberId: row!.id, role, divisionId });
    return (await readMember(row!.id))!;
  },

  /** Everyone, members and staff exist once; each custom group is a new one. */
  async group(kind: GroupKind = "custom") {
    const [existing] = kind === "custom" ? [] : await db.select().from(groups).where(eq(groups.kind, kind));
    if (existing) return existing;
    const [row] = await db.insert(groups).values({ kind, name: `${kind} ${++count}` }).returning();
    return row!;
  },

  async division(values: Partial<typeof divisions.$inferInsert> = {}) {
    const n = ++count;
    const [row] = await db.insert(divisions).values({ slug: `division-${n}`, name: `Division ${n}`, ...values }).returning();
    return row!;
  },

  /** A category with the rights named, by kind of group. Unless told otherwise, everyone sees it and members start topics. */
  async category(rights: Rights = { everyone: "see", members: "create" }, values: Partial<typeof categories.$inferInsert> = {}): Promise<Category> {
    const n = ++count;
    const divisionId = values.divisionId ?? (await make.division()).id;
    const [row] = await db
      .insert(categories)
      .values({ slug: `category-${n}`, name: `Category ${n}`, inheritsRights: false, ...values, divisionId })
      .returning();
    for (const [kind, level] of Object.entries(rights) as [GroupKind, RightsLevel][]) {
      await db.insert(categoryRights).values({ categoryId: row!.id, groupId: (await make.group(kind)).id, level });
    }
    await db.transaction(refreshAccess);
    return row!;
  },

  async topic(values: Partial<typeof topics.$inferInsert> = {}): Promise<Topic> {
    const n = ++count;
    const [row] = await db
      .insert(topics)
      .values({
        title: `Topic ${n}`,
        slug: `topic-${n}`,
        categoryId: values.categoryId ?? (await make.category()).id,
        authorId: values.authorId ?? (await make.member()).id,
        ...values,
      })
      .returning();
    return row!;
  },

  /** A post at the end of its topic. */
  async post({ body = text("Hello."), ...values }: Partial<typeof posts.$inferInsert> = {}): Promise<Post> {
    const topicId = values.topicId ?? (await make.topic()).id;
    const [topic] = await db.select().from(topics).where(eq(topics.id, topicId));
    const number = values.number ?? topic!.lastPostNumber + 1;
    const [row] = await db
      .insert(posts)
      .values({ authorId: values.authorId ?? topic!.authorId, ...renderedBody(body), ...values, topicId, number })
      .returning();
    const postCount = await db.$count(posts, and(eq(posts.topicId, topicId), isNull(posts.removedAt)));
    await db.update(topics).set({ lastPostNumber: number, postCount, lastPostAt: row!.createdAt }).where(eq(topics.id, topicId));
    return row!;
  },

  /** A blog in a category of its own, with the rights named. */
  async blog({ rights, divisionId, ...values }: Partial<typeof blogs.$inferInsert> & { rights?: Rights; divisionId?: number } = {}): Promise<Blog> {
    const n = ++count;
    const categoryId = values.categoryId ?? (await make.category(rights ?? { everyone: "see", members: "reply", staff: "create" }, { holds: "blog", divisionId })).id;
    const [row] = await db.insert(blogs).values({ slug: `blog-${n}`, name: `Blog ${n}`, ...values, categoryId }).returning();
    return row!;
  },

  /** Published unless told otherwise. */
  async article({ body = text("Read this."), ...values }: Partial<typeof articles.$inferInsert> = {}): Promise<Article> {
    const n = ++count;
    const [blog] = values.blogId ? await db.select().from(blogs).where(eq(blogs.id, values.blogId)) : [await make.blog()];
    const state = values.state ?? "published";
    const [row] = await db
      .insert(articles)
      .values({
        title: `Article ${n}`, slug: `article-${n}`, authorId: values.authorId ?? (await make.member({ role: "editor" })).id, publishedAt: state === "published" ? new Date() : null,
        ...renderedBody(body), ...values, state, blogId: blog!.id, categoryId: blog!.categoryId,
      })
      .returning();
    return row!;
  },

  /** A wiki in a category of its own, with the rights named. */
  async wiki({ rights, divisionId, ...values }: Partial<typeof wikis.$inferInsert> & { rights?: Rights; divisionId?: number } = {}): Promise<Wiki> {
    const n = ++count;
    const categoryId = values.categoryId ?? (await make.category(rights ?? { everyone: "see", members: "create" }, { holds: "wiki", divisionId })).id;
    const [row] = await db.insert(wikis).values({ slug: `wiki-${n}`, name: `Wiki ${n}`, ...values, categoryId }).returning();
    return row!;
  },

  /** A published page with its one revision, where its parent lies unless told otherwise. */
  async page({ body = text("It is so."), ...values }: Partial<typeof pages.$inferInsert> = {}): Promise<WikiPage> {
    const n = ++count;
    const [parent] = values.parentId ? await db.select().from(pages).where(eq(pages.id, values.parentId)) : [];
    const wikiId = values.wikiId ?? parent?.wikiId ?? (await make.wiki()).id;
    const [wiki] = await db.select().from(wikis).where(eq(wikis.id, wikiId));
    const createdById = values.createdById ?? (await make.member()).id;
    const rendered = renderedBody(body);
    const [row] = await db
      .insert(pages)
      .values({ title: `Page ${n}`, slug: `page-${n}`, position: n, publishedRevision: 1, ...rendered, ...values, categoryId: values.categoryId ?? parent?.categoryId ?? wiki!.categoryId, wikiId, createdById })
      .returning();
    await db.insert(pageRevisions).values({ pageId: row!.id, revision: 1, title: row!.title, body: rendered.body, bodyText: rendered.bodyText, editorId: createdById });
    return row!;
  },
};

/** A rich text document of plain paragraphs. */
export function text(...paragraphs: string[]): RichText {
  return { type: "doc", content: paragraphs.map((words) => ({ type: "paragraph", content: [{ type: "text", text: words }] })) };
}
