import { config } from "#app/core/config.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { buildIfStale } from "./build.ts";

// What was started, to be stopped in reverse: sockets and pages, then the worker, then the database.
const stops: (() => unknown)[] = [];
let stopping: Promise<void> | undefined;

takeSignals();
try {
  await start();
} catch (error) {
  console.error(error);
  await stop(1);
}

async function start(): Promise<void> {
  const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded();
  if (embedded) {
    process.env.DATABASE_URL = embedded.url;
    stops.push(embedded.stop);
  }
  await migrate(process.env.DATABASE_URL!);
  if (process.env.NODE_ENV === "production" && config.parts.includes("web")) buildIfStale();

  // Imported from here on, because they connect on import.
  const { db } = await import("#db/client.ts");
  stops.push(() => db.$client.end({ timeout: 5 }));
  const { ensureCommunity } = await import("./first-start.ts");
  await ensureCommunity();

  const { startRealtime } = await import("#app/core/realtime.ts");
  const { roomGuards } = await import("./rooms.ts");
  const web = config.parts.includes("web") ? await (await import("./web.ts")).startWeb(config.port) : undefined;
  if (config.parts.includes("worker")) stops.push(await (await import("./worker.ts")).startWorker());
  if (web) stops.push(web.stop);
  stops.push(await startRealtime(roomGuards, web?.server));
  takeSignals();
  const { announceStart } = await import("./start-line.ts");
  announceStart({ embeddedFolder: embedded?.folder });
}

/** Taken again once all runs: Remix's plugin for Vite brings handlers that end the process at once. */
function takeSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.removeAllListeners(signal).on(signal, () => void stop(0));
  }
}

function stop(code: number): Promise<void> {
  return (stopping ??= (async () => {
    for (const stopOne of stops.splice(0).reverse()) await Promise.resolve(stopOne()).catch(console.error);
    process.exit(code);
  })());
}
