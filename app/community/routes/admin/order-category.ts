import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { orderCategory } from "../../categories.ts";
import { categoryIdParams, directionInput } from "../../inputs.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { adminCategoryPath, adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = leadTo({ params: categoryIdParams }, ({ viewer, params }) => (requireAdmin(viewer), adminCategoryPath(params.categoryId)));

export const action = defineAction({ params: categoryIdParams, input: directionInput }, async ({ viewer, params, input }) => {
  const { divisionId } = await orderCategory(requireAdmin(viewer), params.categoryId, input.direction);
  return redirect(adminDivisionPath(divisionId));
});

export default RefusedAct;
