import { sql } from "drizzle-orm";
import { Router } from "express";
import { db } from "#db/client.ts";

const PATIENCE_MS = 3000;
let isStopping = false;

/** `/healthz` says that the process lives; `/readyz` that it can answer: its database is there, and it is not about to stop. */
export function serveHealth(): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => void response.set("Cache-Control", "no-store").type("text").send("ok"));
  router.get("/readyz", async (_request, response) => {
    const parts = { database: await answers(sql`select 1`), queue: await answers(sql`select from graphile_worker._private_jobs limit 1`), stopping: isStopping };
    const isReady = parts.database && parts.queue && !isStopping;
    if (!isReady) response.set("Retry-After", "5");
    response.set("Cache-Control", "no-store").status(isReady ? 200 : 503).json({ ready: isReady, ...parts });
  });
  return router;
}

/** From now on no balancer should send anyone here. */
export function announceStop(): void {
  isStopping = true;
}

export function isAboutToStop(): boolean {
  return isStopping;
}

async function answers(query: ReturnType<typeof sql>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
  return Promise.race([db.execute(query).then(() => true, () => false), late]);
}
