import { redirect } from "@remix-run/node";
import { defineAction } from "#app/core/http.ts";
import { orderCategory } from "../../categories.ts";
import { categoryIdParams, directionInput } from "../../inputs.ts";
import { adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const action = defineAction({ params: categoryIdParams, input: directionInput }, async ({ viewer, params, input }) => {
  const { divisionId } = await orderCategory(requireAdmin(viewer), params.categoryId, input.direction);
  return redirect(adminDivisionPath(divisionId));
});
