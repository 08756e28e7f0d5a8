import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Member } from "#app/core/viewer.ts";
import { ASKING, rightsOf, visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { articles } from "#db/schema/blogs.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { notifications } from "#db/schema/notifications.ts";
import { pages } from "#db/schema/wikis.ts";

/** Where lies what a line is about. Join topics, articles and pages. */
export const placeOfLine = sql`coalesce(${topics.categoryId}, ${articles.categoryId}, ${pages.categoryId})`;

const isAdmin = sql`exists (select from member_roles roles where roles.member_id = ${notifications.memberId} and roles.role in ('owner', 'admin') and roles.division_id is null)`;

/** Who asks is for those who run the group; the rest for those who may know of it. */
const showsGroup = sql`exists (
  select from groups about left join group_members own on own.group_id = about.id and own.member_id = ${notifications.memberId}
  where about.id = ${notifications.groupId}
    and (${isAdmin} or case when ${notifications.groupKey} like 'asked:%' then own.is_owner else about.is_listed or own.member_id is not null end))`;

/** Which lines of a member's inbox are shown and counted: those about what they may see at this moment. Join topics, posts, articles and pages. */
export function shownTo(member: Member | typeof ASKING) {
  const rights = rightsOf(member);
  const editable = db.select({ id: rights.categoryId }).from(rights).where(eq(rights.level, "create"));
  return and(
    eq(notifications.memberId, member === ASKING ? sql.placeholder("seerId") : member.id),
    or(inArray(placeOfLine, visibleCategoryIds(member)), and(isNotNull(notifications.groupId), showsGroup)),
    isNull(topics.removedAt),
    or(isNull(notifications.postId), isNull(posts.removedAt)),
    // What did not come out is told to its author.
    or(isNull(notifications.articleId), and(isNull(articles.removedAt), sql`case when ${notifications.kind} = 'staff' then ${articles.authorId} = ${notifications.memberId} else ${articles.state} = 'published' end`)),
    or(
      isNull(notifications.pageId),
      // A draft is known to those who may edit it.
      and(isNull(pages.removedAt), sql`case when ${notifications.kind} = 'review' then ${inArray(pages.categoryId, editable)} else ${pages.publishedRevision} > 0 end`),
    ),
  );
}
