import { z } from "zod";
import { idParam } from "#app/core/ids.ts";
import { followLevels, kinds } from "./paths.ts";

export const followInput = z.object({ level: z.enum(followLevels) });

export const lineParams = z.object({ lineId: idParam });

/** The filter in an inbox's address. What makes no sense is left out, as if it had not been asked for. */
export const inboxQuery = z.object({
  kind: z.enum(kinds).optional().catch(undefined),
  unread: z.literal("1").optional().catch(undefined),
  after: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[1-9]\d{0,14}$/).optional().catch(undefined),
});
