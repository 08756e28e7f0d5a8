import { defineLoader, noParams } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { requireInsights } from "../access.ts";
import { themeRecord } from "../export.ts";
import { themeCursor, themeFilter } from "../inputs.ts";
import { listThemes } from "../themes.ts";

/** `GET /api/v1/insights`: themes under the filters of the page, thirty at a time. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireInsights(viewer);
  const { searchParams } = new URL(request.url);
  const after = themeCursor.safeParse({ key: searchParams.get("key"), id: searchParams.get("after") }).data;
  const { themes, next } = await listThemes(db, member, themeFilter.parse(Object.fromEntries(searchParams)), { after });
  return Response.json({ themes: themes.map(themeRecord), next: next && { key: next.key, after: next.id } }, { headers: { "cache-control": "private, no-store" } });
});
