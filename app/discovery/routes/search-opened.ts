import { z } from "zod";
import { defineAction, inJson, noParams } from "#app/core/http.ts";
import { noteOpened } from "../search-log.ts";

/** Told by the page of results when one is opened. Says nothing of who did; nobody reads the answer, so a key that is none is let be. */
export const action = inJson(defineAction({ params: noParams, input: z.object({ key: z.uuid().nullable().catch(null) }) }, async ({ input: { key } }) => {
  if (key) await noteOpened(key);
  return new Response(null, { status: 204 });
}));
