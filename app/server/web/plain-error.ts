import type { NextFunction, Request, Response } from "express";
import { log } from "#app/core/log.ts";
import { translate } from "#app/core/messages.ts";
import { isDatabaseAway } from "#db/is-away.ts";
import { endUnread } from "./refuse-odd-requests.ts";
import { filePolicy } from "./security-headers.ts";

const RETRY_SECONDS = 5;

/** The page that needs nothing to work: no database, no Remix, no script. Says what happened and the number to name. */
export function answerPlainError(response: Response, status: 500 | 503): void {
  const sentence = translate("en", status === 503 ? "core.unavailable" : "core.broken");
  const id = status === 503 ? "" : `<p><code>${String(response.locals.requestId)}</code></p>`;
  if (status === 503) response.set("Retry-After", String(RETRY_SECONDS));
  response
    .status(status)
    .set({ "Content-Security-Policy": filePolicy, "Cache-Control": "no-store" })
    .type("html")
    .send(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${status}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem;color-scheme:light dark}</style><p>${status}</p><p>${sentence}</p>${id}</html>`);
}

/** Whatever failed on the way to a page or a file, Express's own refusals of bad paths included. */
export function answerFailure(error: unknown, request: Request, response: Response, _next: NextFunction): void {
  const status = Number((error as { status?: unknown }).status);
  if (response.headersSent) return void response.destroy();
  endUnread(request, response);
  if (status >= 400 && status < 500) return void response.status(status).type("text").send(translate("en", status === 413 ? "core.tooLarge" : "core.badAddress"));
  if (isDatabaseAway(error)) return answerPlainError(response, 503);
  log.error({ err: error, requestId: response.locals.requestId as string, path: request.path }, "a request failed");
  answerPlainError(response, 500);
}
