import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { NotDeleted } from "../../components/not-deleted.tsx";
import { deleteDivision } from "../../divisions.ts";
import { divisionIdParams, nothing } from "../../inputs.ts";
import { adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = leadTo({ params: divisionIdParams }, ({ viewer, params }) => (requireAdmin(viewer), adminDivisionPath(params.divisionId)));

export const action = defineAction({ params: divisionIdParams, input: nothing }, async ({ viewer, params }) => {
  await deleteDivision(requireAdmin(viewer), params.divisionId);
  return redirect("/admin/divisions?saved");
});

export const shouldRevalidate = staysWhenSignedOut;

export default NotDeleted;
