import type { NextFunction, Request, Response } from "express";
import { config } from "#app/core/config.ts";
import { translate } from "#app/core/messages.ts";

/**
 * Refuses a write that another site makes a browser send. Stands before Remix, whose own check misses resource routes
 * and `?_data=`. A request that names no origin at all comes from no browser page, and carries no cookie of a victim.
 */
export function refuseForeignWrites(request: Request, response: Response, next: NextFunction): void {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return next();
  const origin = request.get("origin");
  const site = request.get("sec-fetch-site");
  const isForeign = origin === undefined ? site === "cross-site" || site === "same-site" : !isOurs(origin, request);
  if (isForeign) response.status(403).type("text").send(translate("en", "core.foreignOrigin"));
  else next();
}

function isOurs(origin: string, request: Request): boolean {
  if (origin === new URL(config.baseUrl).origin) return true;
  // Without a BASE_URL of its own the site answers on whatever loopback address it is called by.
  return !process.env.BASE_URL && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin) && origin === `http://${request.get("host")}`;
}
