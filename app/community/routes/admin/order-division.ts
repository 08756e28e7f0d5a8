import { redirect } from "@remix-run/node";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { orderDivision } from "../../divisions.ts";
import { directionInput, divisionIdParams } from "../../inputs.ts";
import { RefusedAct } from "../../components/refused-act.tsx";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: divisionIdParams }, async ({ viewer }) => requireAdmin(viewer).id);

export const action = defineAction({ params: divisionIdParams, input: directionInput }, async ({ viewer, params, input }) => {
  await orderDivision(requireAdmin(viewer), params.divisionId, input.direction);
  return redirect("/admin/divisions");
});

export default RefusedAct;
