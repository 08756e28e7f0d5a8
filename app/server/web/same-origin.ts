import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, Response } from "express";
import { config } from "#app/core/config.ts";
import { endUnread } from "./refuse-odd-requests.ts";
import { answerSmall } from "./small-page.ts";

/**
 * Refuses a write that another site makes a browser send. Stands before Remix, whose own check misses resource routes
 * and `?_data=`. A request that names no origin at all comes from no browser page, and carries no cookie of a victim.
 */
export function refuseForeignWrites(request: Request, response: Response, next: NextFunction): void {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return next();
  if (!isForeign(request)) return next();
  endUnread(request, response);
  answerSmall(request, response, { status: 403, key: "core.foreignOrigin" });
}

/** Whether a page of another site makes a browser ask this. The same for writes and for sockets. */
export function isForeign({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  return origin === undefined ? site === "cross-site" || site === "same-site" : !isOurs(origin, host);
}

function isOurs(origin: string, host: string | undefined): boolean {
  if (origin === new URL(config.baseUrl).origin) return true;
  // Without a BASE_URL of its own the site answers on whatever loopback address it is called by.
  return !process.env.BASE_URL && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin) && origin === `http://${host}`;
}
