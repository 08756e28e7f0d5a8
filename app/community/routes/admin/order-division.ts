import { redirect } from "@remix-run/node";
import { defineAction } from "#app/core/http.ts";
import { orderDivision } from "../../divisions.ts";
import { directionInput, divisionIdParams } from "../../inputs.ts";
import { requireAdmin } from "../../require-admin.ts";

export const action = defineAction({ params: divisionIdParams, input: directionInput }, async ({ viewer, params, input }) => {
  await orderDivision(requireAdmin(viewer), params.divisionId, input.direction);
  return redirect("/admin/divisions");
});
