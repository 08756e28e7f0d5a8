import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireInsights } from "../access.ts";
import { quoteRecord, themeRecord } from "../export.ts";
import { themeParams } from "../inputs.ts";
import { readThemePage } from "../theme-page.ts";

/** `GET /api/v1/insights/themes/:themeId`: a theme with its evidence, its score line by line and its history. */
export const loader = defineLoader({ params: themeParams }, async ({ viewer, params: { themeId }, request }) => {
  const member = requireInsights(viewer);
  const before = idParam.safeParse(new URL(request.url).searchParams.get("before")).data;
  const { theme, quotes, hiddenCount, weeks, events, next } = await readThemePage(member, themeId, { before });
  return Response.json(
    { ...themeRecord(theme), factors: theme.factors, weeks, evidence: quotes.map(quoteRecord), hiddenStatements: hiddenCount, history: events.map(({ id, kind, from, to, reason, at, actor }) => ({ id, kind, from, to, reason, at, actor })), next: next && { before: next } },
    { headers: { "cache-control": "private, no-store" } },
  );
});
