import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { orderDivision } from "../../divisions.ts";
import { directionInput, divisionIdParams } from "../../inputs.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = leadTo({ params: divisionIdParams }, ({ viewer, params }) => (requireAdmin(viewer), adminDivisionPath(params.divisionId)));

export const action = defineAction({ params: divisionIdParams, input: directionInput }, async ({ viewer, params, input }) => {
  await orderDivision(requireAdmin(viewer), params.divisionId, input.direction);
  return redirect("/admin/divisions");
});

export default RefusedAct;
