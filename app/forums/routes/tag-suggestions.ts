import { z } from "zod";
import { defineLoader, noParams } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { suggestTags } from "../tags.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const typed = z.string().max(60).catch("").parse(new URL(request.url).searchParams.get("q") ?? "");
  return Response.json({ tags: await suggestTags(db, viewer, typed) });
});
