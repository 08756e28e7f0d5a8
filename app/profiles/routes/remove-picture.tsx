import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { requireMember } from "#app/core/viewer.ts";
import { setAvatar } from "../edit-profile.ts";

export const loader = leadTo({ params: noParams }, () => "/settings/profile");

export const action = defineAction({ params: noParams, input: z.object({}) }, async ({ viewer }) => {
  await setAvatar(requireMember(viewer), null);
  return redirect("/settings/profile?done=profile");
});

export const shouldRevalidate = staysWhenSignedOut;

export default RefusedAct;
