import { enforce, allow, deny } from "#app/core/policy.ts";
import type { RoomGuards } from "#app/core/realtime.ts";
import { isStaff } from "#app/core/viewer.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";

/** Who may hear which room. */
export const roomGuards: RoomGuards = {
  topic: (viewer, topicId) => accessTopic(db, viewer, topicId),
  category: async (viewer, categoryId) => ({ categoryId: (await accessCategory(db, viewer, categoryId)).id }),
  staff: async (viewer) => enforce(isStaff(viewer) ? allow : deny("forums.onlyModerators")),
};
