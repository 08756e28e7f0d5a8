import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { markAllRead } from "../inbox.ts";
import { inboxPath } from "../paths.ts";

export const loader = leadTo({ params: noParams }, () => inboxPath());

export const action = defineAction({ params: noParams, input: z.object({}) }, async ({ viewer }) => {
  await markAllRead(requireMember(viewer));
  return redirect(inboxPath());
});

export default RefusedAct;
