import { redirect } from "@remix-run/node";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { requireInsights } from "../access.ts";
import { savedViewInput } from "../inputs.ts";
import { deleteView, saveView } from "../saved-views.ts";

export const loader = leadTo({ params: noParams }, ({ viewer }) => {
  requireInsights(viewer);
  return "/insights/themes";
});

export const action = defineAction({ params: noParams, input: savedViewInput }, async ({ viewer, input }) => {
  const member = requireInsights(viewer);
  if (input.intent === "delete") {
    await deleteView(member, input.viewId);
    return redirect("/insights/themes");
  }
  await saveView(member, input);
  return redirect(`/insights/themes?${new URLSearchParams(input.query)}`);
});

export const shouldRevalidate = staysWhenSignedOut;

export default RefusedAct;
