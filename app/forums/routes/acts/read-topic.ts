import { z } from "zod";
import { defineAction, inJson } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { markTopicRead } from "#app/notifications/inbox.ts";
import { markRead } from "../../reading.ts";

const input = z.object({ number: z.string().regex(/^\d{1,9}$/).transform(Number).nullable().catch(null) });

/** Notes the highest post number that was on a reader's screen, as `number`; 0 only notes that they opened the topic. */
export const action = inJson(defineAction({ params: z.object({ slug: z.string(), topicId: idParam }), input }, async ({ viewer, params, input: { number } }) => {
  const member = requireMember(viewer);
  // Said here, as there is no form to show it in.
  if (number === null) return Response.json({}, { status: 422 });
  const read = await markRead(member, params.topicId, number);
  // What they were told of those posts is no news any more.
  await markTopicRead(member, params.topicId, number);
  return Response.json(read);
}));
