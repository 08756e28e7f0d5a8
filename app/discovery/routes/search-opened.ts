import { z } from "zod";
import { defineAction, noParams } from "#app/core/http.ts";
import { noteOpened } from "../search-log.ts";

/** Told by the page of results when one is opened. Says of whom nothing. */
export const action = defineAction({ params: noParams, input: z.object({ key: z.uuid() }) }, async ({ input: { key } }) => {
  await noteOpened(key);
  return new Response(null, { status: 204 });
});
