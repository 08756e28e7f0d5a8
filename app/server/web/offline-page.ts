import { createHash } from "node:crypto";
import { Router } from "express";
import { offlinePage } from "./small-page.ts";

const script = `addEventListener("online",()=>location.reload())`;
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'; frame-ancestors 'self'`;

/** `/offline`, which public/sw.js keeps on the device. It needs no other file. */
export function serveOfflinePage(): Router {
  const router = Router();
  const page = offlinePage(script);
  router.get("/offline", (_request, response) => void response.set({ "Content-Security-Policy": policy, "Cache-Control": "public, max-age=3600" }).type("html").send(page));
  return router;
}
