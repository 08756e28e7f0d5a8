import { defineLoader, noParams } from "#app/core/http.ts";
import { suggest } from "../suggest.ts";

/** `/search/suggest?q=`: what the search box offers while someone types. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const text = new URL(request.url).searchParams.get("q") ?? "";
  return Response.json({ suggestions: await suggest(viewer, text) }, { headers: { "Cache-Control": "private, max-age=30" } });
});
