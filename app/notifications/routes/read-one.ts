import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { markLineRead } from "../inbox.ts";
import { lineParams } from "../inputs.ts";
import { inboxPath } from "../paths.ts";

export const action = defineAction({ params: lineParams, input: z.object({}) }, async ({ viewer, params: { lineId } }) => {
  await markLineRead(requireMember(viewer), lineId);
  return redirect(inboxPath());
});
