import type { RequestListener, Server } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { config } from "#app/core/config.ts";
import { oldPages } from "#app/core/page-tags.ts";
import { serveAssets } from "./web/assets.ts";
import { keepGuestPages } from "./web/guest-pages.ts";
import { announceStop, isAboutToStop, serveHealth } from "./web/health.ts";
import { hearChanges } from "./web/hear-changes.ts";
import { serveOfflinePage } from "./web/offline-page.ts";
import { askPages, servePages } from "./web/pages.ts";
import { passSockets } from "./web/pass-sockets.ts";
import { answerFailure } from "./web/plain-error.ts";
import { refuseOddRequests } from "./web/refuse-odd-requests.ts";
import { nameAndLog } from "./web/request-log.ts";
import { refuseForeignWrites } from "./web/same-origin.ts";
import { createStrictServer } from "./web/strict-server.ts";

type Web = { server: Server; stop: () => Promise<void> };
type Vite = Awaited<ReturnType<typeof startVite>>;
type App = RequestListener & { close: () => Promise<void> };

/** Answers begun before a stop may take this long to end. */
const LAST_ANSWERS_SECONDS = 20;

/** Serves the pages: from build/ in production, through Vite in development. `socketsPort` is where another process keeps the sockets. */
export async function startWeb(port: number, { socketsPort }: { socketsPort?: number } = {}): Promise<Web> {
  const server = createStrictServer();
  const vite = process.env.NODE_ENV === "production" ? undefined : await startVite(server);
  const app = await createApp(vite);
  const passes = socketsPort === undefined ? () => false : passSockets(server, socketsPort);
  server.on("request", (request, response) => {
    if (passes(request, response)) return;
    // The balancer and the browser open a new connection, to a process that stays.
    if (isAboutToStop()) response.setHeader("Connection", "close");
    app(request, response);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  return {
    server,
    async stop() {
      announceStop();
      await vite?.close();
      const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_SECONDS * 1000);
      await new Promise((resolve) => (server.close(resolve), server.closeIdleConnections()));
      clearTimeout(cut);
      await app.close();
    },
  };
}

/** What answers a request, from the outside in. Tests start it too, over real HTTP. */
export async function createApp(vite?: Vite): Promise<App> {
  const build = vite
    ? () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>
    : ((await import("../../build/server/index.js" as string)) as ServerBuild);
  const ask = askPages(build);
  const guestPages = keepGuestPages(ask);
  const caches = [guestPages.plain, guestPages.queried];
  const drop = (tags: string[]): void => caches.forEach((cache) => cache.drop(tags));
  oldPages.on("tags", drop);
  const stopHearing = vite
    ? async () => {}
    : await hearChanges({
        onTags: drop,
        onHearing: () => caches.forEach((cache) => cache.open()),
        onDeaf: () => caches.forEach((cache) => cache.shut()),
      });

  const app = express().disable("x-powered-by").disable("etag").set("trust proxy", config.trustProxy).set("query parser", false);
  app.use(nameAndLog);
  app.use(serveHealth());
  app.use(serveOfflinePage());
  app.use(refuseOddRequests);
  app.use(refuseForeignWrites);
  app.use(vite ? vite.middlewares : serveAssets());
  if (!vite) app.use(guestPages.make);
  app.use(servePages(ask));
  app.use(answerFailure);
  const listener: RequestListener = (request, response) => {
    if (!guestPages.answer(request, response)) app(request, response);
  };
  return Object.assign(listener, { close: () => (oldPages.off("tags", drop), stopHearing()) });
}

async function startVite(server: Server) {
  const { createServer: createVite } = await import("vite");
  return createVite({ server: { middlewareMode: true, hmr: { server } } });
}
