import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { markLineRead } from "../inbox.ts";
import { lineParams } from "../inputs.ts";
import { inboxPath } from "../paths.ts";

export const loader = leadTo({ params: lineParams }, () => inboxPath());

export const action = defineAction({ params: lineParams, input: z.object({}) }, async ({ viewer, params: { lineId } }) => {
  await markLineRead(requireMember(viewer), lineId);
  return redirect(inboxPath());
});

export default RefusedAct;
