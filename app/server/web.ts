import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express, { type Express } from "express";
import { config } from "#app/core/config.ts";
import { refuseForeignWrites } from "./web/same-origin.ts";

type Web = { server: Server; stop: () => Promise<void> };

/** Serves the pages: from build/ in production, through Vite in development. */
export async function startWeb(port: number): Promise<Web> {
  const vite = process.env.NODE_ENV === "production" ? undefined : await startVite();
  const server = createServer(await createApp(vite));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  return {
    server,
    async stop() {
      await vite?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What answers a request, from the outside in. Tests start it too, over real HTTP. */
export async function createApp(vite?: Awaited<ReturnType<typeof startVite>>): Promise<Express> {
  const app = express().disable("x-powered-by").set("trust proxy", config.trustProxy);
  app.get("/healthz", (_request, response) => void response.type("text").send("ok"));
  app.use(refuseForeignWrites);
  if (vite) app.use(vite.middlewares);
  else {
    app.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y" }));
    app.use(express.static("build/client", { maxAge: "1h" }));
  }
  app.all(
    "*",
    createRequestHandler({
      build: vite
        ? () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>
        : ((await import("../../build/server/index.js" as string)) as ServerBuild),
      getLoadContext: (request) => ({ nonce: randomBytes(16).toString("base64"), requestId: randomUUID(), ip: request.ip ?? "" }),
    }),
  );
  return app;
}

async function startVite() {
  const { createServer } = await import("vite");
  return createServer({ server: { middlewareMode: true } });
}
