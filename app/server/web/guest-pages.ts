import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppLoadContext } from "@remix-run/node";
import type { NextFunction, Request as ExpressRequest, Response as ExpressResponse } from "express";
import { isKnown, tagOf } from "#app/core/conditional.ts";
import { config } from "#app/core/config.ts";
import { createPageCache, type Made, type PageCache } from "#app/core/page-cache.ts";
import { LISTS, topicTag } from "#app/core/page-tags.ts";
import { isWorthFinding } from "#app/ui/worth-finding.ts";
import { compressForMany, encodingFor, type Encoding } from "./compress.ts";
import { answerPlainError } from "./plain-error.ts";
import type { AskPages } from "./pages.ts";
import { isSaneHost } from "./refuse-odd-requests.ts";
import { filePolicy, pagePolicy, securityHeaders } from "./security-headers.ts";

const MAX_BYTES = 96 * 1024 * 1024;
/** Addresses with a query are without number, so they have room of their own and cannot push the others out. */
const MAX_BYTES_WITH_QUERY = 16 * 1024 * 1024;
/** Also the longest that a guest waits for a change that no event told of. */
const MAX_AGE_SECONDS = 60;
const LATE_MS = 8000;

type GuestPage = { status: number; headers: Record<string, string>; etag: string; bodies: Record<Encoding, Buffer> };

export type GuestPages = {
  /** Answers from what is kept, at once and past everything else. False: the request has to go the long way. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Makes the page, once for all who wait for it, and keeps it. Passes on what is no guest's page. */
  make: (request: ExpressRequest, response: ExpressResponse, next: NextFunction) => void;
  plain: PageCache<GuestPage>;
  queried: PageCache<GuestPage>;
};

/** The pages that all guests get alike, kept whole with their compressed forms. No byte of a request but its address gets into them. */
export function keepGuestPages(ask: AskPages): GuestPages {
  const plain = createPageCache<GuestPage>({ maxBytes: MAX_BYTES, maxAgeSeconds: MAX_AGE_SECONDS });
  const queried = createPageCache<GuestPage>({ maxBytes: MAX_BYTES_WITH_QUERY, maxAgeSeconds: MAX_AGE_SECONDS });
  const cacheFor = (url: string) => (url.includes("?") ? queried : plain);
  return {
    plain,
    queried,
    answer(request, response) {
      if (!isGuests(request)) return false;
      const page = cacheFor(request.url!).get(request.url!);
      if (!page) return false;
      sendPage(request, response, page, "hit");
      return true;
    },
    make(request, response, next) {
      const tags = isGuests(request) ? tagsOfAddress(request.originalUrl) : null;
      if (!tags) return next();
      const url = request.originalUrl;
      const late = setTimeout(() => !response.headersSent && answerPlainError(request, response, 503), LATE_MS);
      cacheFor(url)
        .make(url, tags, () => render(ask, url))
        .then((page) => !response.headersSent && sendPage(request, response, page, "miss"), next)
        .finally(() => clearTimeout(late));
    },
  };
}

/**
 * What a guest's page at this address shows, as tags; null for an address that is never kept. A page is kept only when
 * its address is named here, so that a new route is private until someone says otherwise.
 */
export function tagsOfAddress(url: string): string[] | null {
  if (url.length > 300) return null;
  const [whole, query] = url.split("?") as [string, string?];
  if (whole === "/sitemap.xml") return [LISTS];
  const feed = /^(.*)\.(?:rss|atom|json)$/.exec(whole);
  // Nothing in a query changes a feed, so that none is kept twice.
  if (feed) return query === undefined ? tagsOfFeed(feed[1]!) : null;
  const path = whole.replace(/\.data$/, "");
  const topic = /^\/t\/[^/]+\/([1-9]\d{0,14})(?:\/[1-9]\d{0,8})?$/.exec(path);
  if (topic) return [topicTag(Number(topic[1]))];
  const isList = /^\/(?:_root|latest|new|top|unanswered|tags)?$/.test(path) || /^\/(?:d|tag|u)\/[^/]+$/.test(path) || /^\/d\/[^/]+\/(?:latest|new|top|unanswered)$/.test(path)
    || /^\/c\/[^/]+\/[1-9]\d{0,14}(?:\/(?:latest|new|top|unanswered))?$/.test(path)
    // What is not public has no address of these forms: a preview has one more part.
    || /^\/w\/[^/]+(?:\/(?:[^/]*-)?[1-9]\d{0,14})?$/.test(path)
    || /^\/blogs$/.test(path) || /^\/b\/[^/]+(?:\/(?!new$|follow$)[^/]+)?$/.test(path) || /^\/b\/[^/]+\/(?:series|tag|by)\/[^/]+$/.test(path);
  return isList ? [LISTS] : null;
}

function tagsOfFeed(path: string): string[] | null {
  const topic = /^\/t\/[^/]+\/([1-9]\d{0,14})$/.exec(path);
  if (topic) return [topicTag(Number(topic[1]))];
  return /^\/(?:latest|blogs|[dbw]\/[^/]+|c\/[^/]+\/[1-9]\d{0,14}|(?:tag|u)\/[^/]+\/topics|b\/[^/]+\/(?:(?:by|tag)\/[^/]+\/articles|series\/[^/]+))$/.test(path) ? [LISTS] : null;
}

function isGuests(request: IncomingMessage): boolean {
  const { method, headers } = request;
  if (method !== "GET" && method !== "HEAD") return false;
  // Our cookies, of a session or of a guest's own choices, are all named so.
  if (headers.cookie?.includes("wellspring") || headers.authorization !== undefined) return false;
  // A name that is not ours is refused on the long way.
  if (!isSaneHost(headers.host)) return false;
  return !process.env.BASE_URL || config.trustProxy > 0 || headers.host === baseHost;
}
const baseHost = new URL(config.baseUrl).host;

/** Asks for the page as nobody in particular: what one visitor sends cannot reach what the next one gets. */
async function render(ask: AskPages, url: string): Promise<Made<GuestPage>> {
  const context: AppLoadContext = { nonce: randomBytes(16).toString("base64"), requestId: randomUUID(), ip: "", asksForData: url.split("?")[0]!.endsWith(".data") };
  const origin = new URL(config.baseUrl).origin;
  const answer = await ask(new Request(origin + url, { headers: { host: baseHost, accept: "text/html" } }), context);
  const type = answer.headers.get("content-type") ?? "text/plain";
  const isPage = type.startsWith("text/html");
  const rendered = context.page?.toString() ?? (await answer.text());
  const { text, hashes } = isPage ? withoutNonce(rendered, context.nonce) : { text: rendered, hashes: [] };
  const body = Buffer.from(text);

  const isForPrograms = /^application\/(?:rss\+xml|atom\+xml|feed\+json|xml)\b/.test(type);
  const isKept = answer.status === 200 && (isPage || isForPrograms || type.startsWith("text/x-script")) && answer.headers.getSetCookie().length === 0
    && !/no-store|private/.test(answer.headers.get("cache-control") ?? "");
  const headers: Record<string, string> = {
    ...securityHeaders,
    "Content-Type": type,
    "Content-Security-Policy": isForPrograms ? filePolicy : pagePolicy(hashes),
    "Cache-Control": isKept ? "public, no-cache" : "no-cache",
    Vary: "Accept-Encoding, Cookie",
  };
  if (!isWorthFinding(url)) headers["X-Robots-Tag"] = "noindex";
  for (const name of ["location", "last-modified", "x-remix-response", "x-remix-redirect", "x-remix-status", "x-remix-reload-document"]) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  for (const [name, value] of context.answerHeaders ?? []) headers[name] = value;
  if (answer.status === 503) headers["Retry-After"] ??= "5";
  if (answer.status >= 500) headers["X-Request-Id"] = context.requestId;

  const bodies = isKept ? await compressForMany(body) : { identity: body, br: body, gzip: body };
  const etag = isKept ? tagOf(body) : "";
  const bytes = isKept ? bodies.identity.length + bodies.br.length + bodies.gzip.length + url.length + 2000 : null;
  return { page: { status: answer.status, headers, etag, bodies }, bytes };
}

/**
 * A page for many can carry no number used once: its scripts are named by their hashes instead. Only those that bear the
 * number of this rendering are, so that a script which came in with content would still not run.
 */
export function withoutNonce(html: string, nonce: string): { text: string; hashes: string[] } {
  const mark = ` nonce="${nonce}"`;
  const hashes = new Set<string>();
  for (const [, attributes, script] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (!attributes!.includes(mark) || / src=/.test(attributes!)) continue;
    hashes.add(`'sha256-${createHash("sha256").update(script!).digest("base64")}'`);
  }
  return { text: html.replaceAll(mark, ""), hashes: [...hashes] };
}

function sendPage(request: IncomingMessage, response: ServerResponse, page: GuestPage, how: "hit" | "miss"): void {
  const asked = { ifNoneMatch: request.headers["if-none-match"], ifModifiedSince: request.headers["if-modified-since"] };
  // Only feeds say when they last changed.
  if (page.etag && isKnown(asked, { etag: page.etag, lastModified: page.headers["last-modified"] })) {
    const { "Content-Type": _, ...headers } = page.headers;
    response.writeHead(304, { ...headers, ETag: page.etag, "X-Cache": how }).end();
    return;
  }
  const encoding = page.etag ? encodingFor(request.headers["accept-encoding"]) : "identity";
  const body = page.bodies[encoding];
  const headers: Record<string, string | number> = { "X-Request-Id": randomUUID(), ...page.headers, "Content-Length": body.length };
  if (page.etag) {
    headers.ETag = page.etag;
    headers["X-Cache"] = how;
  }
  if (encoding !== "identity") headers["Content-Encoding"] = encoding;
  response.writeHead(page.status, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}
