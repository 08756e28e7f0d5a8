import { redirect } from "@remix-run/node";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { orderCategory } from "../../categories.ts";
import { categoryIdParams, directionInput } from "../../inputs.ts";
import { adminDivisionPath } from "../../paths.ts";
import { RefusedAct } from "../../components/refused-act.tsx";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: categoryIdParams }, async ({ viewer }) => requireAdmin(viewer).id);

export const action = defineAction({ params: categoryIdParams, input: directionInput }, async ({ viewer, params, input }) => {
  const { divisionId } = await orderCategory(requireAdmin(viewer), params.categoryId, input.direction);
  return redirect(adminDivisionPath(divisionId));
});

export default RefusedAct;
