import type { NextFunction, Request, Response } from "express";
import { log } from "#app/core/log.ts";
import { isDatabaseAway } from "#db/is-away.ts";
import { endUnread } from "./refuse-odd-requests.ts";
import { answerSmall } from "./small-page.ts";

const RETRY_SECONDS = 5;

/** For when the pages themselves cannot answer. Says what happened and the number to name. */
export function answerPlainError(request: Request, response: Response, status: 500 | 503): void {
  if (status === 503) response.set("Retry-After", String(RETRY_SECONDS));
  answerSmall(request, response, status === 503 ? { status, key: "core.unavailable" } : { status, key: "core.broken", number: String(response.locals.requestId) });
}

/** Whatever failed on the way to a page or a file, Express's own refusals of bad paths included. */
export function answerFailure(error: unknown, request: Request, response: Response, _next: NextFunction): void {
  const status = Number((error as { status?: unknown }).status);
  if (response.headersSent) return void response.destroy();
  endUnread(request, response);
  if (status >= 400 && status < 500) return answerSmall(request, response, { status, key: status === 413 ? "core.tooLarge" : "core.badAddress" });
  if (isDatabaseAway(error)) return answerPlainError(request, response, 503);
  log.error({ err: error, requestId: response.locals.requestId as string, path: request.path }, "a request failed");
  answerPlainError(request, response, 500);
}
