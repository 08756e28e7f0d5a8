import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Member } from "#app/core/viewer.ts";
import { ASKING, visibleCategoryIds } from "#app/core/visibility.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { notifications } from "#db/schema/notifications.ts";

/** Which lines of a member's inbox are shown and counted: those about what they may see at this moment. Join topics and posts. */
export function shownTo(member: Member | typeof ASKING) {
  return and(
    eq(notifications.memberId, member === ASKING ? sql.placeholder("seerId") : member.id),
    inArray(topics.categoryId, visibleCategoryIds(member)),
    isNull(topics.removedAt),
    or(isNull(notifications.postId), isNull(posts.removedAt)),
  );
}
