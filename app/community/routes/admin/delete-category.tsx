import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { NotDeleted } from "../../components/not-deleted.tsx";
import { deleteCategory } from "../../categories.ts";
import { categoryIdParams, nothing } from "../../inputs.ts";
import { adminCategoryPath, adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = leadTo({ params: categoryIdParams }, ({ viewer, params }) => (requireAdmin(viewer), adminCategoryPath(params.categoryId)));

export const action = defineAction({ params: categoryIdParams, input: nothing }, async ({ viewer, params }) => {
  const { divisionId } = await deleteCategory(requireAdmin(viewer), params.categoryId);
  return redirect(`${adminDivisionPath(divisionId)}?saved`);
});

export const shouldRevalidate = staysWhenSignedOut;

export default NotDeleted;
