import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { divisionParams, nothing } from "../inputs.ts";
import { leaveDivision } from "../membership.ts";
import { divisionPath } from "../paths.ts";

export const loader = leadTo({ params: divisionParams }, ({ params }) => divisionPath({ slug: params.division }));

export const action = defineAction({ params: divisionParams, input: nothing }, async ({ viewer, params }) => {
  await leaveDivision(requireMember(viewer), params.division);
  return redirect(divisionPath({ slug: params.division }));
});

export default RefusedAct;
