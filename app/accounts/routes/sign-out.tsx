import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { safePath } from "#app/core/safe-path.ts";
import { clearedCookie } from "#app/core/session.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { endSessions } from "../sessions.ts";

/** Somebody who follows a link here has changed nothing: only the form signs out. */
export const loader = leadTo({ params: noParams }, () => "/");

export const action = defineAction({ params: noParams, input: z.object({ next: z.string().optional() }), openTo: "guests" }, async ({ viewer, input }) => {
  if (viewer.kind === "member" && viewer.sessionId) await endSessions(viewer.id, [viewer.sessionId]);
  return redirect(safePath(input.next), { headers: { "Set-Cookie": clearedCookie() } });
});

export default RefusedAct;
