import { and, desc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { articlePath, pagePath } from "#app/core/knowledge-paths.ts";
import { pathInTalk, talkHome, type TalkHome } from "#app/core/talk-home.ts";
import type { Member } from "#app/core/viewer.ts";
import { ASKING, seeingOf } from "#app/core/visibility.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { categories, divisions, groups } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { notifications, type NotificationKind } from "#db/schema/notifications.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { underPage } from "./page-lines.ts";
import { placeOfLine, shownTo } from "./shown.ts";

/** Beyond this nobody counts: the bell says "99+". */
const COUNT_LIMIT = 100;
const EXCERPT_LENGTH = 160;

export type InboxFilter = {
  kind?: NotificationKind;
  isUnread?: true;
  /** Where the page before ended. */
  after?: { updatedAt: string; id: number };
  limit?: number;
};

export type InboxLine = Awaited<ReturnType<typeof listInbox>>[number];

/** Of an answer to who asked to be let into a group, `declined:12:34`: the reason. */
const answerOfLine = sql`(select left(answered.reason, ${EXCERPT_LENGTH}) from group_requests answered
  where ${notifications.kind} = 'group' and ${notifications.groupKey} like '%:%:%' and answered.id = nullif(split_part(${notifications.groupKey}, ':', 3), '')::bigint)`;

/** A member's lines, the latest first, each with what it is about and where that is. */
export async function listInbox(on: Executor, member: Member, { kind, isUnread, after, limit = 30 }: InboxFilter = {}) {
  const rows = await on
    .select({
      id: notifications.id,
      kind: notifications.kind,
      groupKey: notifications.groupKey,
      actorCount: notifications.actorCount,
      updatedAt: notifications.updatedAt,
      /** To the microsecond, for the next page. */
      position: sql<string>`to_char(${notifications.updatedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      isRead: sql<boolean>`${notifications.readAt} is not null`,
      topic: { id: topics.id, slug: topics.slug, title: topics.title, kind: topics.kind, ideaStatus: topics.ideaStatus },
      home: talkHome,
      article: { id: articles.id, slug: articles.slug, title: articles.title, blog: blogs.slug },
      page: { id: pages.id, slug: pages.slug, title: pages.title, wiki: wikis.slug },
      group: { id: groups.id, name: groups.name },
      postNumber: posts.number,
      excerpt: sql<string>`coalesce(left(${posts.bodyText}, ${EXCERPT_LENGTH}), left(${articles.excerpt}, ${EXCERPT_LENGTH}), ${answerOfLine}, '')`,
      categoryName: categories.name,
      divisionName: divisions.name,
      actor: { id: members.id, username: members.username, name: members.name, avatarFileId: members.avatarFileId, label: members.label },
    })
    .from(notifications)
    .leftJoin(topics, eq(topics.id, notifications.topicId))
    .leftJoin(articles, eq(articles.id, notifications.articleId))
    .leftJoin(blogs, eq(blogs.id, articles.blogId))
    .leftJoin(pages, eq(pages.id, notifications.pageId))
    .leftJoin(wikis, eq(wikis.id, pages.wikiId))
    .leftJoin(groups, eq(groups.id, notifications.groupId))
    .leftJoin(categories, eq(categories.id, placeOfLine))
    .leftJoin(divisions, eq(divisions.id, categories.divisionId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .leftJoin(members, eq(members.id, notifications.actorId))
    .where(
      and(
        shownTo(member),
        kind && eq(notifications.kind, kind),
        isUnread && isNull(notifications.readAt),
        after && sql`(${notifications.updatedAt}, ${notifications.id}) < (${after.updatedAt}::timestamptz, ${after.id}::bigint)`,
      ),
    )
    .orderBy(desc(notifications.updatedAt), desc(notifications.id))
    .limit(limit);
  return rows.map(({ article, page, group, home, ...line }) => ({ ...line, ...subjectOf({ ...line, article, page, group, home }) }));
}

type About = {
  group: { id: number; name: string } | null;
  kind: NotificationKind; groupKey: string; postNumber: number | null; home: TalkHome; topic: { id: number; slug: string; title: string } | null;
  article: { id: number | null; slug: string | null; title: string | null; blog: string | null } | null; page: { id: number | null; slug: string | null; title: string | null; wiki: string | null } | null;
};

/** What a line is about, and where it leads: of changes to a page, to what they changed; of comments, to where they are read. */
function subjectOf({ kind, groupKey, topic, postNumber, home, article, page, group }: About): { title: string; href: string } {
  if (group) return { title: group.name, href: `/groups/${group.id}${groupKey.startsWith("asked:") ? "/requests" : ""}` };
  // Of two tables joined into one object, Drizzle makes no null.
  if (article?.id) return { title: article.title!, href: articlePath({ blog: article.blog!, slug: article.slug!, id: article.id }) };
  if (!page?.id) return { title: topic!.title, href: pathInTalk(topic!, home, postNumber) };
  return { title: page.title!, href: pagePath({ wiki: page.wiki!, slug: page.slug!, id: page.id }) + underPage(kind, groupKey) };
}

/** How many unread lines a member has, up to a hundred. */
export async function countUnread(on: Executor, member: Member): Promise<number> {
  // Asked for every page: which of them may be shown is looked into only where there are any.
  if ((await anyUnread(on, { memberId: member.id })).length === 0) return 0;
  const [row] = await unreadLines(on, seeingOf(member));
  return row!.count;
}

const anyUnread = prepared(() =>
  db.select({ id: notifications.id }).from(notifications).where(and(eq(notifications.memberId, sql.placeholder("memberId")), isNull(notifications.readAt))).limit(1),
);

const unreadLines = prepared(() => {
  const unread = db
    .select({ id: notifications.id })
    .from(notifications)
    .leftJoin(topics, eq(topics.id, notifications.topicId))
    .leftJoin(articles, eq(articles.id, notifications.articleId))
    .leftJoin(pages, eq(pages.id, notifications.pageId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .where(and(shownTo(ASKING), isNull(notifications.readAt)))
    .limit(COUNT_LIMIT)
    .as("unread");
  return db.select({ count: sql<number>`count(*)::int` }).from(unread);
});

/** Marks one line of the member's own. Another's id marks nothing. */
export function markLineRead(member: Member, lineId: number): Promise<void> {
  return db.transaction((tx) => mark(tx, member.id, eq(notifications.id, lineId)));
}

export function markAllRead(member: Member): Promise<void> {
  return db.transaction((tx) => mark(tx, member.id));
}

/** Marks what is about posts of a topic up to a number, which were on the member's screen, and about the topic itself. */
export function markTopicRead(member: Member, topicId: number, upToNumber: number): Promise<void> {
  const seen = db.select({ id: posts.id }).from(posts).where(and(eq(posts.topicId, topicId), lte(posts.number, upToNumber)));
  return db.transaction((tx) => mark(tx, member.id, eq(notifications.topicId, topicId), sql`(${notifications.postId} is null or ${inArray(notifications.postId, seen)})`));
}

/** Marks what is about an article, a page or a group itself, which the member has before them. */
export function markSubjectRead(member: Member, { articleId, pageId, groupId }: { articleId?: number; pageId?: number; groupId?: number }): Promise<void> {
  return db.transaction((tx) => mark(tx, member.id, groupId ? eq(notifications.groupId, groupId) : articleId ? eq(notifications.articleId, articleId) : and(eq(notifications.pageId, pageId ?? 0), inArray(notifications.kind, ["page", "credit"]))!));
}

async function mark(tx: Tx, memberId: number, ...which: ReturnType<typeof sql>[]): Promise<void> {
  const marked = await tx
    .update(notifications)
    .set({ readAt: new Date() })
    .where(and(eq(notifications.memberId, memberId), isNull(notifications.readAt), ...which))
    .returning({ id: notifications.id });
  if (marked.length > 0) await record(tx, { type: "notification.changed", memberId });
}
