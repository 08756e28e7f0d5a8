import { defineLoader, noParams } from "#app/core/http.ts";
import { listParts, writeIndex } from "../sitemap.ts";

/** `/sitemap.xml`: where the parts are. */
export const loader = defineLoader({ params: noParams }, async () => {
  const parts = await listParts();
  return new Response(writeIndex([{ kind: "places", part: 1, changedAt: null }, ...parts]), { headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, no-cache" } });
});
