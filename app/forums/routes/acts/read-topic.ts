import { z } from "zod";
import { defineAction } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { markRead } from "../../reading.ts";

const input = z.object({ number: z.string().regex(/^\d{1,9}$/).transform(Number) });

/** Notes the highest post number that was on a reader's screen, as `number`; 0 only notes that they opened the topic. */
export const action = defineAction({ params: z.object({ slug: z.string(), topicId: idParam }), input }, async ({ viewer, params, input: { number } }) =>
  Response.json(await markRead(requireMember(viewer), params.topicId, number)),
);
