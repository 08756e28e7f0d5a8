import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { clearedCookie } from "#app/core/session.ts";
import { endSessions } from "../sessions.ts";

/** Somebody who follows a link here has changed nothing: only the form signs out. */
export const loader = defineLoader({ params: noParams }, async () => redirect("/"));

export const action = defineAction({ params: noParams, input: z.object({}) }, async ({ viewer }) => {
  if (viewer.kind === "member" && viewer.sessionId) await endSessions(viewer.id, [viewer.sessionId]);
  return redirect("/", { headers: { "Set-Cookie": clearedCookie() } });
});
