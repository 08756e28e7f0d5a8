import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import getPort from "get-port";

export type ServerProcess = {
  url: string;
  child: ChildProcess;
  /** What it has printed so far. */
  output: () => string;
  /** Sends a signal and waits for the end. Answers the exit code, or the signal it died of. */
  end: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals>;
};

const READY_SECONDS = 90;
const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** Runs the command behind `npm start` without waiting for it. */
export function runServer(environment: Record<string, string | undefined>) {
  const child = spawn(process.execPath, ["--import", "tsx", "app/server/index.ts"], {
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", DEMO: "0", BASE_URL: undefined, VITEST: undefined, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  return { child, output: () => chunks.join("") };
}

/** A real server in a process of its own, on this test file's database unless told otherwise, once it is ready. */
export async function startServer({ port, ...environment }: { port?: number } & Record<string, string | number | undefined> = {}): Promise<ServerProcess> {
  const at = port ?? (await getPort());
  const { child, output } = runServer({ ...(environment as Record<string, string>), PORT: String(at) });
  const url = `http://localhost:${at}`;
  await untilReady(url, child, output);
  return {
    url,
    child,
    output,
    async end(signal = "SIGTERM") {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
      child.kill(signal);
      const [code, died] = await ended;
      return code ?? died!;
    },
  };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + READY_SECONDS * 1000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended instead of starting:\n${output()}`);
    // Pages are served a moment before the worker and the sockets have started: only the start-up line says that all runs.
    if (output().includes("Wellspring is at") && await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server is not ready after ${READY_SECONDS} seconds:\n${output()}`);
}
