import type { IncomingMessage, ServerResponse } from "node:http";
import type { NextFunction, Request, Response } from "express";
import { config } from "#app/core/config.ts";
import type { MessageKey } from "#app/core/messages.ts";
import { answerSmall } from "./small-page.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Roomy enough that a search far too long is refused on its page, with its words kept; Node takes 16 kB of headers in all. */
const MAX_URL_LENGTH = 12_000;
/** Forms; what is above a megabyte of text is no form of ours. */
const MAX_FORM_BYTES = 1024 * 1024 + 64 * 1024;
/** Uploads have limits of their own, below this. */
const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;

type Refusal = { status: number; key: MessageKey; headers?: Record<string, string> };

/** Answers what no page can make sense of, before anything else has to: bad addresses, methods, hosts and sizes. */
export function refuseOddRequests(request: Request, response: Response, next: NextFunction): void {
  const refusal = refusalOf(request);
  if (!refusal && request.method === "OPTIONS") response.status(204).set("Allow", METHODS.join(", ")).end();
  else if (!refusal) next();
  else {
    endUnread(request, response);
    response.set(refusal.headers ?? {});
    answerSmall(request, response, refusal);
  }
}

/** An answer to a body that was not read to its end: what is left of it would be taken for the next request. */
export function endUnread(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete && !response.headersSent) response.setHeader("Connection", "close");
}

function refusalOf(request: Request): Refusal | undefined {
  const { url, method, headers } = request;
  if (!METHODS.includes(method)) return { status: 405, key: "core.badMethod", headers: { Allow: METHODS.join(", ") } };
  if (url.length > MAX_URL_LENGTH) return { status: 414, key: "core.badAddress" };
  if (!isSaneUrl(url)) return { status: 400, key: "core.badAddress" };
  if (!isSaneHost(headers.host)) return { status: 400, key: "core.badHost" };
  if (!isOurHost(headers.host)) return { status: 421, key: "core.otherHost" };
  const limit = isUpload(headers["content-type"]) ? MAX_UPLOAD_BYTES : MAX_FORM_BYTES;
  if (Number(headers["content-length"] ?? 0) > limit) return { status: 413, key: "core.tooLarge" };
  return undefined;
}

/** How much the body of this request may weigh, for those who read it piece by piece. */
export function bodyLimit(request: { headers: Request["headers"] }): number {
  return isUpload(request.headers["content-type"]) ? MAX_UPLOAD_BYTES : MAX_FORM_BYTES;
}

function isUpload(contentType = ""): boolean {
  return contentType.toLowerCase().startsWith("multipart/form-data");
}

function isSaneUrl(url: string): boolean {
  // Node's parser has refused control characters as they are; this is one in disguise.
  if (!url.startsWith("/") || url.includes("%00") || url.includes("\\")) return false;
  const query = url.indexOf("?");
  // Remix's old way to ask for one loader: nothing of ours uses it, and its same-origin check does not cover it.
  if (query >= 0 && /[?&]_data(=|&|$)/.test(url.slice(query))) return false;
  try {
    decodeURIComponent(query < 0 ? url : url.slice(0, query));
    return true;
  } catch {
    return false;
  }
}

/** Whether it can be a host's name at all. */
export function isSaneHost(host: string | undefined): boolean {
  return host !== undefined && /^([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i.test(host);
}

/**
 * With a BASE_URL of its own, the site answers to that name only: another name that leads here is a mistake or an attack
 * on a visitor's browser. A trusted proxy may call us by whatever name it knows us by.
 */
function isOurHost(host: string | undefined): boolean {
  return !process.env.BASE_URL || config.trustProxy > 0 || host?.toLowerCase() === new URL(config.baseUrl).host;
}
