import { defineLoader } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { wikiParams } from "../inputs.ts";
import { suggestPages } from "../loose-ends.ts";
import { accessWiki } from "../wikis.ts";

/** `/w/:wiki/suggest?q=`: which pages `[[` and some letters could mean. */
export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params, request }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  const typed = (new URL(request.url).searchParams.get("q") ?? "").slice(0, 100);
  const pages = viewer.kind === "member" ? await suggestPages(db, viewer, wiki.id, typed) : [];
  return Response.json({ pages: pages.map(({ id, title }) => ({ id, title })) }, { headers: { "Cache-Control": "private, max-age=10" } });
});
