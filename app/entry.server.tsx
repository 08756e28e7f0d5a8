import { Writable } from "node:stream";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "#app/core/log.ts";
import { NonceContext, RequestIdContext } from "#app/ui/nonce.ts";

const TIMEOUT_SECONDS = 5;

/**
 * Renders a page, whole: no loader of ours answers in parts, so a stream would gain nothing, and a page that fails
 * half-way could no longer say so.
 */
export default function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, { nonce, requestId }: AppLoadContext) {
  return new Promise<Response>((resolve, reject) => {
    let hasFailed = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RequestIdContext.Provider value={requestId}>
          <RemixServer context={remix} url={request.url} abortDelay={TIMEOUT_SECONDS * 1000} nonce={nonce} />
        </RequestIdContext.Provider>
      </NonceContext.Provider>,
      {
        nonce,
        onAllReady() {
          clearTimeout(timer);
          const chunks: Buffer[] = [];
          const whole = new Writable({
            write(chunk: Buffer, _encoding, done) {
              chunks.push(chunk);
              done();
            },
            final(done) {
              headers.set("Content-Type", "text/html; charset=utf-8");
              resolve(new Response(Buffer.concat(chunks), { headers, status: hasFailed ? 500 : status }));
              done();
            },
          });
          pipe(whole);
        },
        onShellError: reject,
        onError(error: unknown) {
          hasFailed = true;
          log.error({ err: error, requestId }, "a page could not be rendered");
        },
      },
    );
    const timer = setTimeout(abort, TIMEOUT_SECONDS * 1000);
  });
}

/** Bugs of loaders and actions. Refusals never come here. */
export function handleError(error: unknown, { request, context }: { request: Request; context?: AppLoadContext }): void {
  // An address without a page, a method without an action.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  if (!request.signal.aborted) log.error({ err: error, requestId: context?.requestId }, "a request failed");
}
