import { redirect } from "@remix-run/node";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { requireMember } from "#app/core/viewer.ts";
import { setPicture } from "../edit-profile.ts";
import { removePictureInput } from "../inputs.ts";

export const loader = leadTo({ params: noParams }, () => "/settings/profile");

export const action = defineAction({ params: noParams, input: removePictureInput }, async ({ viewer, input }) => {
  await setPicture(requireMember(viewer), input.what, null);
  return redirect("/settings/profile?done=profile");
});

export const shouldRevalidate = staysWhenSignedOut;

export default RefusedAct;
