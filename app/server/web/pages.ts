import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createRequestHandler, type AppLoadContext, type ServerBuild } from "@remix-run/node";
import type { NextFunction, Request as ExpressRequest, Response as ExpressResponse } from "express";
import { config } from "#app/core/config.ts";
import { hasSessionCookie } from "#app/core/session.ts";
import { guest, wasSignedOut } from "#app/core/viewer.ts";
import { isWorthFinding } from "#app/ui/worth-finding.ts";
import { createNearbyRoutes } from "./nearby-routes.ts";
import { compressOnce, encodingFor, isCompressible } from "./compress.ts";
import { makeSome } from "./pages-at-once.ts";
import { answerPlainError } from "./plain-error.ts";
import { readBody } from "./read-body.ts";
import { endUnread } from "./refuse-odd-requests.ts";
import { filePolicy, pagePolicy } from "./security-headers.ts";

/** After this a visitor is told to come back instead of being kept waiting. Uploads take what they take. */
const READ_SECONDS = 8;
const WRITE_SECONDS = 20;

/** How many pages a process makes at a time, and how long one waits for its turn. */
const AT_ONCE = 10;
const TURN_MS = 2000;

export type AskPages = (request: Request, context: AppLoadContext) => Promise<Response>;

/** The pages as a function of a web request. */
export function askPages(build: ServerBuild | (() => Promise<ServerBuild>)): AskPages {
  if (typeof build === "function") return createRequestHandler(build, "development");
  const nearby = createNearbyRoutes(build);
  const handlers = new Map<ServerBuild, AskPages>();
  return (request, context) => {
    const part = nearby(request.url);
    let handler = handlers.get(part);
    if (!handler) handlers.set(part, (handler = createRequestHandler(part, "production")));
    return handler(request, context);
  };
}

/** Answers one visitor's request with a page made for them. */
export function servePages(ask: AskPages) {
  const inTurn = makeSome(AT_ONCE, TURN_MS);
  return async (request: ExpressRequest, response: ExpressResponse, next: NextFunction): Promise<void> => {
    try {
      const left = new AbortController();
      // Not after the end of the answer: an abort makes an error with a stack.
      response.once("close", () => response.writableFinished || left.abort());
      const asked = await webRequest(request, left.signal);
      const context: AppLoadContext = { nonce: randomBytes(16).toString("base64"), requestId: String(response.locals.requestId), ip: request.ip ?? "", asksForData: request.path.endsWith(".data") };
      const make = () => ask(asked, context);
      const answer = await inTime(asked.method === "GET" ? inTurn(make) : make(), secondsFor(request));
      if (answer === "late") return answerPlainError(request, response, 503);
      await send(request, response, answer, context);
    } catch (error) {
      if (!response.destroyed) next(error);
    }
  };
}

async function webRequest(request: ExpressRequest, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // What a proxy says of the host is for `trust proxy` alone: Remix would believe anyone.
    if (value === undefined || name.startsWith("x-forwarded-")) continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const base = process.env.BASE_URL ? new URL(config.baseUrl) : new URL(`http://${request.headers.host}`);
  headers.set("host", base.host);
  // Asked for as GET, or Remix would run a page's action for its data.
  const method = request.method === "HEAD" ? "GET" : request.method;
  const init: RequestInit & { duplex?: "half" } = { method, headers, signal };
  if (method !== "GET") Object.assign(init, await readBody(request));
  return new Request(base.origin + request.originalUrl, init);
}

async function send(request: ExpressRequest, response: ExpressResponse, answer: Response, context: AppLoadContext): Promise<void> {
  const { headers } = answer;
  endUnread(request, response);
  response.status(await statusOf(request, answer, context));
  for (const [name, value] of [...headers, ...(context.answerHeaders ?? [])]) if (name !== "set-cookie") response.set(name, value);
  for (const cookie of [...headers.getSetCookie(), ...(context.answerHeaders?.getSetCookie() ?? [])]) response.append("Set-Cookie", cookie);
  const type = headers.get("content-type");
  const isPage = type?.startsWith("text/html") ?? false;
  if (!headers.has("content-security-policy")) response.set("Content-Security-Policy", isPage ? pagePolicy([`'nonce-${context.nonce}'`]) : filePolicy);
  if (!isWorthFinding(request.originalUrl)) response.set("X-Robots-Tag", "noindex");
  if (answer.status === 503 && !response.hasHeader("Retry-After")) response.set("Retry-After", "5");
  if (!context.answerHeaders?.has("cache-control")) setCaching(request, response, answer, type);

  const { page } = context;
  if ((!page && !answer.body) || request.method === "HEAD") {
    await answer.body?.cancel();
    return void response.end();
  }
  if (!page && !isText(type)) return pipeline(Readable.fromWeb(answer.body as never), response);
  const body = page ?? Buffer.from(await answer.arrayBuffer());
  const encoding = headers.has("content-encoding") || !isCompressible(type, body.length) ? "identity" : encodingFor(request.headers["accept-encoding"]);
  response.vary("Accept-Encoding");
  const sent = compressOnce(body, encoding);
  if (encoding !== "identity") response.set("Content-Encoding", encoding);
  response.set("Content-Length", String(sent.length)).end(sent);
}

/**
 * Whoever was signed out may read on what guests may, and is told at each step until they sign in again, or say that
 * they go on as a guest: their scripts and ours by the status, they themselves by a line on the page.
 */
async function statusOf(request: ExpressRequest, answer: Response, { viewer }: AppLoadContext): Promise<number> {
  const isRead = request.method === "GET" && answer.status === 200 && isText(answer.headers.get("content-type"));
  return isRead && viewer && wasSignedOut(await viewer.catch(() => guest)) ? 401 : answer.status;
}

/** What was made for a member is kept by nobody, neither a proxy nor the browser's own cache of a shared computer. */
function setCaching(request: ExpressRequest, response: ExpressResponse, answer: Response, type: string | null): void {
  const isMembers = hasSessionCookie(request.headers.cookie) || answer.headers.getSetCookie().length > 0;
  const isOfTheBuild = request.path === "/__manifest";
  if (isText(type) && isMembers && !isOfTheBuild) response.set("Cache-Control", "no-store");
  else if (!answer.headers.has("cache-control")) response.set("Cache-Control", isMembers || answer.status >= 400 ? "no-store" : "no-cache");
  if (isText(type)) response.vary("Cookie");
}

/** Answers that are whole and small, unlike files and streams. */
function isText(type: string | null): boolean {
  return type === null || /^(text\/html|text\/x-script|application\/json)\b/.test(type);
}

function secondsFor(request: ExpressRequest): number | null {
  // In development a page is compiled when it is first asked for, which may take long.
  if (process.env.NODE_ENV === "development" || request.headers["content-type"]?.startsWith("multipart/")) return null;
  return request.method === "GET" || request.method === "HEAD" ? READ_SECONDS : WRITE_SECONDS;
}

async function inTime<Answer>(answer: Promise<Answer>, seconds: number | null): Promise<Answer | "late"> {
  if (seconds === null) return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => (timer = setTimeout(resolve, seconds * 1000, "late")));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
