import { redirect } from "@remix-run/node";
import { defineAction, defineLoader, isBehindAction, noParams } from "#app/core/http.ts";
import { requireInsights } from "../access.ts";
import { savedViewInput } from "../inputs.ts";
import { deleteView, saveView } from "../saved-views.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  requireInsights(viewer);
  if (isBehindAction(request)) return null;
  throw redirect("/insights/themes");
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
