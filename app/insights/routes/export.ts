import { defineLoader, noParams } from "#app/core/http.ts";
import { requireInsights } from "../access.ts";
import { exportThemes, toCsv } from "../export.ts";
import { themeFilter } from "../inputs.ts";

const columns = ["id", "title", "intent", "area", "division", "state", "reason", "owner", "dueOn", "trackerUrl", "people", "accounts", "accountValue", "statements", "topics", "negative", "urgent", "trend", "score", "firstAt", "lastAt", "url"];

/** The list of themes as a file, under the same filters. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireInsights(viewer);
  const { pathname, searchParams } = new URL(request.url);
  const format = pathname.endsWith(".csv") ? "csv" : "json";
  const themes = await exportThemes(member, themeFilter.parse(Object.fromEntries(searchParams)));
  const isCsv = format === "csv";
  return new Response(isCsv ? toCsv(themes, columns) : JSON.stringify(themes, null, 2), {
    headers: { "content-type": isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8", "content-disposition": `attachment; filename="themes.${format}"`, "cache-control": "private, no-store" },
  });
});
