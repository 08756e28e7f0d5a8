import { execFileSync, fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import getPort from "get-port";

/** What is measured; `pid` is null for one that was already running. */
export type Server = { url: string; pid: number | null; stop: () => Promise<void> };

/** The pages as they are built for production. What the build says goes to the error stream: figures alone are printed. */
export function buildPages(): void {
  execFileSync(process.execPath, ["--import", "tsx", "app/server/build-command.ts"], { stdio: ["ignore", 2, 2] });
}

/** The product itself, in production mode, on the embedded database of a folder unless `more` names one, with so many processes for pages. */
export async function startProduct(folder: string, processes: number, more: Record<string, string> = {}): Promise<Server> {
  const port = await getPort();
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "app/server/index.ts"], {
    env: { ...env, NODE_ENV: "production", DATA_DIR: folder, PORT: String(port), WEB_PROCESSES: String(processes), DEMO: "0", LOG_LEVEL: "error", ...more },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; !(await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)); tries++) {
    if (child.exitCode !== null || tries > 1200) throw new Error("The server did not start.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, pid: child.pid!, stop: () => new Promise((resolve) => (child.once("exit", () => resolve()), child.kill("SIGTERM"))) };
}

/** A bare Express that answers anything with the bytes of one answer. */
export async function startBaseline(answer: { body: Buffer; headers: Record<string, string> }): Promise<Server> {
  const child = fork("tests/bench/baseline.ts", { execArgv: ["--import", "tsx"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.send({ body: answer.body.toString("base64"), headers: answer.headers });
  const { port } = await new Promise<{ port: number }>((resolve) => child.once("message", (message) => resolve(message as { port: number })));
  return { url: `http://localhost:${port}`, pid: child.pid!, stop: () => new Promise((resolve) => (child.once("exit", () => resolve()), child.kill())) };
}

/** Processor time a server's process has used, where the system tells: it says what a page costs on a busy machine too. */
export function cpuMs(pid: number | null): number | null {
  if (pid === null || process.platform !== "linux") return null;
  return [pid, ...makersOf(pid)].reduce((sum, one) => sum + fieldsOf(one).slice(11, 13).reduce((ms, ticks) => ms + Number(ticks) * 10, 0), 0);
}

/** The processes for pages beside a server's first, which its kernel lists as its children. The database is none of them. */
function makersOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  return children.filter((child) => readFileSync(`/proc/${child}/comm`, "utf8").trim() === "node");
}

function fieldsOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
}
