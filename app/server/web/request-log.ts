import { randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { log } from "#app/core/log.ts";
import { securityHeaders } from "./security-headers.ts";

const SLOW_MS = 2000;

/** Names the request, gives its answer the headers that every answer has, and logs how it went: no address, query or name. */
export function nameAndLog(request: Request, response: Response, next: NextFunction): void {
  const id = randomUUID();
  response.locals.requestId = id;
  response.set(securityHeaders).set("X-Request-Id", id);
  const start = performance.now();
  response.once("close", () => {
    const ms = Math.round(performance.now() - start);
    const level = response.statusCode >= 500 ? "error" : ms > SLOW_MS ? "warn" : "debug";
    if (!log.isLevelEnabled(level)) return;
    log[level]({ requestId: id, method: request.method, path: withoutSecrets(request.originalUrl), status: response.statusCode, ms, finished: response.writableFinished }, "request");
  });
  next();
}

/** The path alone, because one-time links and searches are in queries; and a long random part of it is a token. */
function withoutSecrets(url: string): string {
  return url.split("?")[0]!.slice(0, 200).replace(/\/[\w-]{24,}(?=\/|$)/g, "/…");
}
