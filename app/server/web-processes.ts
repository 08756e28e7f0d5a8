import cluster, { type Worker } from "node:cluster";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { RateLimiterClusterMaster } from "rate-limiter-flexible";
import { log } from "#app/core/log.ts";
import { createStrictServer } from "./web/strict-server.ts";

/** Longer than the last answers of a process may take. */
const STOP_SECONDS = 22;
/** A process that ends sooner is not replaced at once: something else must be wrong. */
const SHORT_LIFE_SECONDS = 10;
const PAUSE_MS = 2000;

/**
 * Starts so many processes that make pages, all on the port of the community. This one keeps the sockets of all of them
 * (`server` is for those alone) and counts attempts for them. One that ends is replaced.
 *
 * @throws what the first process that could not start threw
 */
export async function startWebProcesses(count: number): Promise<{ server: Server; stop: () => Promise<void> }> {
  const server = createStrictServer();
  server.on("request", (_request, response) => void response.writeHead(404).end());
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const env = { SOCKETS_PORT: String((server.address() as AddressInfo).port) };
  cluster.setupPrimary({ exec: fileURLToPath(new URL("web-process.ts", import.meta.url)), args: [] });
  new RateLimiterClusterMaster();

  let isStopping = false;
  const begin = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const begun = Date.now();
      const worker = cluster.fork(env);
      worker.on("message", (message: "ready" | { failed?: object }) => {
        if (message === "ready") resolve();
        else if (message.failed) reject(Object.assign(new Error("A process that makes pages did not start."), message.failed));
      });
      worker.once("exit", (code, signal) => {
        reject(new Error(`A process that makes pages ended with ${signal ?? code}.`));
        if (isStopping) return;
        log.error({ code, signal }, "a process that makes pages has ended; another takes its place");
        setTimeout(() => void (isStopping || begin().catch(() => {})), Date.now() - begun < SHORT_LIFE_SECONDS * 1000 ? PAUSE_MS : 0);
      });
    });
  const stop = async () => {
    isStopping = true;
    const ends = Promise.all(workers().map(end));
    await new Promise((resolve) => (server.close(resolve), server.closeIdleConnections()));
    await ends;
  };
  try {
    await Promise.all(Array.from({ length: count }, begin));
  } catch (error) {
    isStopping = true;
    for (const worker of workers()) worker.process.kill("SIGKILL");
    server.close();
    throw error;
  }
  return { server, stop };
}

const workers = (): Worker[] => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);

function end(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => worker.process.kill("SIGKILL"), STOP_SECONDS * 1000);
    worker.once("exit", () => {
      clearTimeout(cut);
      resolve();
    });
    if (worker.isConnected()) worker.send("stop");
    else worker.process.kill("SIGKILL");
  });
}
