import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { safePath } from "#app/core/safe-path.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { discardOneDraft } from "#app/core/drafts.ts";

export const loader = leadTo({ params: noParams }, () => "/drafts");

export const action = defineAction({ params: z.object({ draftId: idParam }), input: z.object({ /** The form it was offered on. */ next: z.string().optional().catch(undefined) }) }, async ({ viewer, params: { draftId }, input: { next } }) => {
  await discardOneDraft(requireMember(viewer), draftId);
  return redirect(next === undefined ? "/drafts" : safePath(next));
});

export default RefusedAct;
