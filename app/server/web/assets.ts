import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { translate } from "#app/core/messages.ts";
import { encodingFor } from "./compress.ts";

const FOLDER = path.resolve("build/client");
const ENDINGS = { br: ".br", gzip: ".gz" } as const;

/** The built files. Those in /assets are named for their content and never change; all have their compressed forms beside them. */
export function serveAssets(): Router {
  const router = express.Router();
  const files = new Set(filesUnder(FOLDER));
  router.use((request: Request, response: Response, next: NextFunction) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next("router");
    // The compressed forms have no addresses of their own. Most of what is asked for is no file, and the disk need not be asked.
    if (/\.(br|gz)$/.test(request.path) || !(files.has(request.path) || request.path.startsWith("/assets/"))) return next("router");
    const encoding = encodingFor(request.headers["accept-encoding"]);
    if (!files.has(`${request.path}.br`)) return next();
    response.vary("Accept-Encoding");
    if (encoding === "identity") return next();
    const name = request.path + ENDINGS[encoding];
    response.type(path.extname(request.path)).set("Content-Encoding", encoding);
    request.url = name;
    next();
  });
  const options = { index: false, redirect: false, dotfiles: "ignore" as const };
  router.use("/assets", express.static(path.join(FOLDER, "assets"), { ...options, immutable: true, maxAge: "1y", fallthrough: true }));
  // What is missing there is missing: a page of ours would be wrong, and costly.
  router.use("/assets", (_request: Request, response: Response) => {
    response.removeHeader("Content-Encoding");
    response.status(404).set("Cache-Control", "no-store").type("text").send(translate("en", "core.missing"));
  });
  router.use(express.static(FOLDER, { ...options, maxAge: "1h" }));
  return router;
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name))}`);
}
