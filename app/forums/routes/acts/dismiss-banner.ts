import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction } from "#app/core/http.ts";
import { safePath } from "#app/core/safe-path.ts";
import { db } from "#db/client.ts";
import { toItsPlace } from "../../acts.ts";
import { dismissedCookie } from "../../banners.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { topicParams } from "../../inputs.ts";
import { accessTopic } from "../../topics.ts";

/** Shows a banner to this browser no more; guests have the choice, too. */
export const action = defineAction({ params: topicParams, input: z.object({ next: z.string().max(2000).optional() }), openTo: "guests" }, async ({ viewer, params: { topicId }, input, request }) => {
  const { id } = await accessTopic(db, viewer, topicId);
  return redirect(safePath(input.next), { headers: { "Set-Cookie": dismissedCookie(request.headers.get("cookie"), id) } });
});

export const loader = toItsPlace;
export default RefusedAct;
