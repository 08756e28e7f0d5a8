import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { requireMember } from "#app/core/viewer.ts";
import { labelInput, memberParams } from "../inputs.ts";
import { setLabel } from "../labels.ts";
import { profilePath } from "../paths.ts";

export const loader = leadTo({ params: memberParams }, ({ params }) => profilePath(params.username));

export const action = defineAction({ params: memberParams, input: labelInput }, async ({ viewer, params, input }) => {
  const { username } = await setLabel(requireMember(viewer), params.username, input.label);
  return redirect(profilePath(username));
});

export const shouldRevalidate = staysWhenSignedOut;

export default RefusedAct;
