import { redirect } from "@remix-run/node";
import { defineAction } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { divisionParams, nothing } from "../inputs.ts";
import { leaveDivision } from "../membership.ts";
import { divisionPath } from "../paths.ts";

export const action = defineAction({ params: divisionParams, input: nothing }, async ({ viewer, params }) => {
  await leaveDivision(requireMember(viewer), params.division);
  return redirect(divisionPath({ slug: params.division }));
});
