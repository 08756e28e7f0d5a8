import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, noParams } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { markAllRead } from "../inbox.ts";
import { inboxPath } from "../paths.ts";

export const action = defineAction({ params: noParams, input: z.object({}) }, async ({ viewer }) => {
  await markAllRead(requireMember(viewer));
  return redirect(inboxPath());
});
