import { defineLoader, noParams } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { listInbox } from "../inbox.ts";

const SHOWN = 8;

/** What the bell shows when it is opened. */
export const loader = defineLoader({ params: noParams }, async ({ viewer }) => ({
  lines: await listInbox(db, requireMember(viewer), { limit: SHOWN }),
}));
