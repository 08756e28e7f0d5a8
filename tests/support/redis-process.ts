import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import getPort from "get-port";

/** Whether a real Redis can be started here. Where `CI=true` it must be. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) {
  if (process.env.CI === "true") throw new Error("redis-server is not installed.");
  console.warn("The tests with Redis are skipped: redis-server is not installed.");
}

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** A real Redis with nothing in it, that can be killed and started again on the same port. */
export async function makeRedis() {
  const folder = mkdtempSync(path.join(tmpdir(), "wellspring-redis-"));
  const port = await getPort();
  let child: ChildProcess;
  const start = async () => {
    child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder], { stdio: "ignore" });
    running.add(child);
    while (!(await answers(port))) if (child.exitCode !== null) throw new Error("Redis does not start.");
  };
  const kill = async () => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    running.delete(child);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    async end() {
      if (child.exitCode === null && child.signalCode === null) await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return false;
  } finally {
    socket.destroy();
  }
}
