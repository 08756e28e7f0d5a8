import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type AppLoadContext, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "#app/core/log.ts";
import { NonceContext } from "#app/ui/nonce.ts";

const TIMEOUT_SECONDS = 5;

/** Renders a page: robots get it whole, people as it comes. */
export default function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, { nonce }: AppLoadContext) {
  passOn("Retry-After", remix, headers);
  return new Promise<Response>((resolve, reject) => {
    let statusNow = status;
    let hasBegun = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remix} url={request.url} abortDelay={TIMEOUT_SECONDS * 1000} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        [isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady"]() {
          hasBegun = true;
          const body = new PassThrough();
          headers.set("Content-Type", "text/html; charset=utf-8");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: statusNow }));
          pipe(body);
        },
        onShellError: reject,
        onError(error: unknown) {
          statusNow = 500;
          if (hasBegun) log.error({ err: error }, "rendering failed after it had begun");
        },
      },
    );
    setTimeout(abort, (TIMEOUT_SECONDS + 1) * 1000);
  });
}

/** Remix drops the headers an action answers with from a page, unless its route asks for each. */
function passOn(name: string, { staticHandlerContext: { actionHeaders, loaderHeaders } }: EntryContext, headers: Headers): void {
  for (const answered of [...Object.values(loaderHeaders), ...Object.values(actionHeaders)]) {
    const value = answered.get(name);
    if (value) headers.set(name, value);
  }
}

/** Bugs of loaders and actions. Refusals never come here. */
export function handleError(error: unknown, { request, context }: { request: Request; context?: AppLoadContext }): void {
  if (!request.signal.aborted) log.error({ err: error, requestId: context?.requestId, path: new URL(request.url).pathname }, "a request failed");
}
