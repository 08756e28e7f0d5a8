import { NotFoundError } from "#app/core/errors.ts";
import { enforce, allow, deny } from "#app/core/policy.ts";
import type { RoomGuards } from "#app/core/realtime-rooms.ts";
import { readMember } from "#app/core/session.ts";
import { isStaff, type Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { canReply } from "#app/forums/policy.ts";
import { listChangedTopicIds, listDivisionCategoryIds, listSubtreeIds, readTopicState } from "#app/forums/live-state.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { countUnread } from "#app/notifications/inbox.ts";
import { db } from "#db/client.ts";

/** Who may hear which room. */
export const roomGuards: RoomGuards = {
  async topic(viewer, topicId) {
    const topic = await accessTopic(db, viewer, topicId);
    return {
      channels: [`topic:${topicId}`],
      categoryId: topic.categoryId,
      state: async () => (await readTopicState(db, topicId)) ?? {},
      hasPeople: true,
      mayType: () => mayReply(viewer, topicId),
    };
  },
  async category(viewer, categoryId) {
    await accessCategory(db, viewer, categoryId);
    return listOf(await seenOf(viewer, await listSubtreeIds(db, categoryId)));
  },
  division: async (viewer, divisionId) => listOf(await seenOf(viewer, await listDivisionCategoryIds(db, divisionId))),
  lists: async (viewer) => listOf(await listVisibleCategoryIds(db, viewer)),
  async member(viewer, memberId) {
    if (viewer.kind === "guest" || viewer.id !== memberId) throw new NotFoundError("room");
    return { channels: [`member:${memberId}`], state: async () => ({ unread: await countUnread(db, viewer) }) };
  },
  async staff(viewer) {
    enforce(isStaff(viewer) ? allow : deny("forums.onlyModerators"));
    return { channels: ["staff"], state: async () => ({}) };
  },
};

/** Changes in any of these. A list of nothing is no list: it would tell that the place exists. */
function listOf(categoryIds: number[]) {
  if (categoryIds.length === 0) throw new NotFoundError("list");
  return {
    channels: categoryIds.map((id) => `category:${id}`),
    state: async (since?: number) => ({ changedTopicIds: since === undefined ? [] : await listChangedTopicIds(db, categoryIds, new Date(since)) }),
  };
}

async function seenOf(viewer: Viewer, categoryIds: number[]): Promise<number[]> {
  const seen = new Set(await listVisibleCategoryIds(db, viewer));
  return categoryIds.filter((id) => seen.has(id));
}

/** As of now: the viewer's rights and suspension, the topic's lock. */
async function mayReply(viewer: Viewer, topicId: number): Promise<boolean> {
  const member = viewer.kind === "member" ? await readMember(viewer.id) : null;
  return member !== null && canReply(member, await accessTopic(db, member, topicId)).allowed;
}
