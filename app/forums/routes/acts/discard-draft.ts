import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { discardOneDraft } from "../../drafts.ts";

export const action = defineAction({ params: z.object({ draftId: idParam }), input: z.object({}) }, async ({ viewer, params: { draftId } }) => {
  await discardOneDraft(requireMember(viewer), draftId);
  return redirect("/drafts");
});
