import { surviveDriverFault } from "./driver-fault.ts";
import { checkedConfig } from "./start-errors.ts";

// One of several processes that make pages: see web-processes.ts, which starts it, tells it when to stop, and keeps the
// sockets and the worker. Ctrl-C in a terminal reaches everyone; only the first process acts on it.
leaveSignals();
process.on("unhandledRejection", (error) => console.error("a promise was rejected and nobody heard:", error));
surviveDriverFault((error) => {
  console.error(error);
  process.exit(1);
});
// Whoever keeps the database and the sockets is gone: nothing here may hold the port.
process.on("disconnect", () => process.exit(1));

try {
  const { port } = await checkedConfig();
  const { startWeb } = await import("./web.ts");
  const web = await startWeb(port, { socketsPort: Number(process.env.SOCKETS_PORT) });
  const { db } = await import("#db/client.ts");
  // Remix's plugin brings handlers that end the process at once.
  leaveSignals();
  process.on("message", (message) => {
    if (message === "stop") void web.stop().then(() => db.$client.end({ timeout: 5 })).finally(() => process.exit(0));
  });
  process.send!("ready");
} catch (error) {
  const { name, message, code, port } = error as Record<string, unknown>;
  process.send!({ failed: { name, message, code, port } }, undefined, undefined, () => process.exit(1));
}

function leaveSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeAllListeners(signal).on(signal, () => {});
}
