import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { waitForDatabase } from "#db/wait.ts";
import { buildIfStale } from "./build.ts";
import { surviveDriverFault } from "./driver-fault.ts";
import { checkedConfig, sentenceOf } from "./start-errors.ts";

// What was started, to be stopped in reverse: sockets and pages, then the worker, then the database.
const stops: (() => unknown)[] = [];
let stopping: Promise<void> | undefined;

/** The longest a stop may take, before whoever asked for it kills us. */
const STOP_SECONDS = 25;

takeSignals();
// A mistake nobody waits for must not take the community down with it, nor go unseen.
process.on("unhandledRejection", (error) => console.error("a promise was rejected and nobody heard:", error));
surviveDriverFault((error) => {
  console.error(error);
  void stop(1);
});
try {
  await start();
} catch (error) {
  console.error(sentenceOf(error) ?? error);
  await stop(1);
}

async function start(): Promise<void> {
  const config = await checkedConfig();
  const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded();
  if (embedded) {
    process.env.DATABASE_URL = embedded.url;
    stops.push(embedded.stop);
  } else await waitForDatabase(process.env.DATABASE_URL!);
  await migrate(process.env.DATABASE_URL!);
  if (process.env.NODE_ENV === "production" && config.parts.includes("web")) buildIfStale();

  // Imported from here on, because they connect on import.
  const { db } = await import("#db/client.ts");
  stops.push(() => db.$client.end({ timeout: 5 }));
  const { ensureCommunity } = await import("./first-start.ts");
  await ensureCommunity();

  const web = config.parts.includes("web") ? await startPages(config) : undefined;
  if (web) stops.push(web.stop);
  if (config.parts.includes("worker")) stops.push(await (await import("./worker.ts")).startWorker());
  if (config.parts.includes("worker")) stops.push(await (await import("./search-sync.ts")).keepSearchInSync());
  // With a database of its own and both parts in it, nobody else can be listening.
  const isAlone = embedded && config.parts.length === 2 && !config.redisUrl;
  const { startSockets } = await import("./sockets.ts");
  const stopSockets = await startSockets({ server: web?.server, processes: isAlone ? "one" : "many" });
  // Together: sockets keep the web server open, and it must take nothing new while they are told.
  if (web) stops[stops.indexOf(web.stop)] = () => Promise.all([web.stop(), stopSockets()]);
  else stops.push(stopSockets);
  takeSignals();
  const { announceStart } = await import("./start-line.ts");
  await announceStart({ embeddedFolder: embedded?.folder });
}

/** Here, or in several processes beside this one. Vite compiles for one alone. */
async function startPages({ port, webProcesses }: { port: number; webProcesses: number }) {
  if (webProcesses > 1 && process.env.NODE_ENV === "production") return (await import("./web-processes.ts")).startWebProcesses(webProcesses);
  return (await import("./web.ts")).startWeb(port);
}

/** Taken again once all runs: Remix's plugin for Vite brings handlers that end the process at once. */
function takeSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.removeAllListeners(signal).on(signal, () => void stop(0));
  }
}

function stop(code: number): Promise<void> {
  return (stopping ??= (async () => {
    setTimeout(() => process.exit(code || 1), STOP_SECONDS * 1000).unref();
    for (const stopOne of stops.splice(0).reverse()) await Promise.resolve(stopOne()).catch(console.error);
    process.exit(code);
  })());
}
