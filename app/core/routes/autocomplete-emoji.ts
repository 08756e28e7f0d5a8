import { searchEmoji } from "../emoji.ts";
import { defineLoader, noParams } from "../http.ts";

/** `/autocomplete/emoji?q=`: the same for everybody, today and tomorrow. */
export const loader = defineLoader({ params: noParams }, async ({ request }) => {
  const part = new URL(request.url).searchParams.get("q") ?? "";
  return Response.json({ emoji: searchEmoji(part) }, { headers: { "Cache-Control": "public, max-age=86400" } });
});
