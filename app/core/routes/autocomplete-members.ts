import { db } from "#db/client.ts";
import { defineLoader, noParams } from "../http.ts";
import { searchMembersToMention } from "../members-to-mention.ts";

/** `/autocomplete/members?q=`: whom a mention could mean. Guests write nothing, so they are told of nobody. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const beginning = new URL(request.url).searchParams.get("q") ?? "";
  const members = viewer.kind === "member" ? await searchMembersToMention(db, viewer, beginning) : [];
  return Response.json({ members }, { headers: { "Cache-Control": "private, max-age=30" } });
});
