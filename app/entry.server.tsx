import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { cameWithForm } from "#app/core/http.ts";
import { keepMarkup } from "#app/core/kept-markup.ts";
import { log } from "#app/core/log.ts";
import { structuredScript } from "#app/outside/structured.ts";
import { KeeperContext } from "#app/ui/kept.tsx";
import { NonceContext, RequestIdContext, ScriptsContext } from "#app/ui/nonce.ts";
import { loader as readFrame } from "./root.tsx";

/**
 * Renders a page, whole and at one go: no loader of ours answers in parts, so a stream would gain nothing, and a page
 * that fails half-way could no longer say so. As one string it also costs half of what it costs in pieces.
 */
export default async function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, loadContext: AppLoadContext) {
  const { nonce, requestId, structured = [] } = loadContext;
  const { serverHandoffStream, ...context } = remix;
  const hasScripts = !(await putFrameAround(request, context, loadContext));
  const keeper = keepMarkup();
  const page = renderToString(
    <NonceContext.Provider value={nonce}>
      <RequestIdContext.Provider value={requestId}>
        <ScriptsContext.Provider value={hasScripts}>
          <KeeperContext.Provider value={keeper}>
            <RemixServer context={withOwnRoutes(context)} url={request.url} nonce={nonce} />
          </KeeperContext.Provider>
        </ScriptsContext.Provider>
      </RequestIdContext.Provider>
    </NonceContext.Provider>,
  );
  const handoff = serverHandoffStream && context.renderMeta?.didRenderScripts ? handoffScripts(await textOf(serverHandoffStream), nonce) : "";
  headers.set("Content-Type", "text/html; charset=utf-8");
  const description = status < 400 ? structuredScript(structured) : "";
  loadContext.page = Buffer.concat([Buffer.from("<!DOCTYPE html>"), keeper.finish(page), Buffer.from(description + handoff)]);
  return new Response(null, { headers, status });
}

/**
 * Behind an act that failed Remix asks no loader, so that the page which says so would stand bare: what is around it is
 * read here. The browser would not be told of it and take it away again: such a page carries no scripts, and needs none.
 */
async function putFrameAround(request: Request, { staticHandlerContext }: Pick<EntryContext, "staticHandlerContext">, context: AppLoadContext): Promise<boolean> {
  const { loaderData, errors } = staticHandlerContext;
  if (!errors?.root || loaderData.root || !cameWithForm(request)) return false;
  const asked = new Request(request.url, { headers: request.headers });
  loaderData.root = await readFrame({ request: asked, context, params: {} }).catch(() => undefined);
  return loaderData.root !== undefined;
}

/**
 * Only the routes this page is made of. Remix would look for those of every address above it, too, which takes as long as
 * its posts do; the browser learns of them as it does of all others, when links to them come into sight.
 */
function withOwnRoutes(context: Omit<EntryContext, "serverHandoffStream">): EntryContext {
  const { manifest, staticHandlerContext } = context;
  const routes = Object.fromEntries(staticHandlerContext.matches.map(({ route: { id } }) => [id, manifest.routes[id]!]));
  return { ...context, manifest: { ...manifest, routes } };
}

const escaped = ["&", "<", ">", "\u2028", "\u2029"].map((letter) => [letter, `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`] as const);

/** Hands the loaders' data to the browser, as Remix itself does with each piece of a stream. */
function handoffScripts(data: string, nonce: string): string {
  // One after the other: a function for each letter of the posts' markup takes longer than five looks at the whole.
  const piece = escaped.reduce((text, [letter, code]) => text.replaceAll(letter, code), JSON.stringify(data));
  const script = (code: string) => `<script nonce="${nonce}">window.__remixContext.streamController.${code};</script>`;
  return script(`enqueue(${piece})`) + script("close()");
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  // Read by hand: a loop over a stream lets go of it at the end, for which Node makes an error with a stack each time.
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) pieces.push(read.value);
  return Buffer.concat(pieces).toString();
}

/** Bugs of loaders and actions. Refusals never come here. */
export function handleError(error: unknown, { request, context }: { request: Request; context?: AppLoadContext }): void {
  // An address without a page, a method without an action.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  if (!request.signal.aborted) log.error({ err: error, requestId: context?.requestId }, "a request failed");
}
