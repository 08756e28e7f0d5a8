import { and, eq, isNull } from "drizzle-orm";
import { refreshAccess } from "#app/community/rights.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { readMember } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, categoryRights, divisions, groups, memberRoles, type Category, type GroupKind, type RightsLevel, type RoleName } from "#db/schema/community.ts";
import { posts, topics, type Post, type Topic } from "#db/schema/forums.ts";
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
};

/** A rich text document of plain paragraphs. */
export function text(...paragraphs: string[]): RichText {
  return { type: "doc", content: paragraphs.map((words) => ({ type: "paragraph", content: [{ type: "text", text: words }] })) };
}
