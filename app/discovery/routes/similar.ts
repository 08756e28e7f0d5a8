import { defineLoader, noParams } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { findSimilar } from "../similar.ts";

/** `/similar-topics?title=`: what a new topic may be the same as, while its title is written. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  return Response.json({ similar: await findSimilar(member, new URL(request.url).searchParams.get("title") ?? "") }, { headers: { "Cache-Control": "private, max-age=15" } });
});
