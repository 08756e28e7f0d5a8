import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { median } from "./median.ts";
import { buildPages, startProduct, type Server } from "./servers.ts";

// `npm run bench:nodes`: two nodes on one database, and how a reply taken by either reaches the readers of both.
const { values: options } = parseArgs({ options: { sockets: { type: "string", default: "2500" }, runs: { type: "string", default: "6" }, json: { type: "boolean" } } });
const SOCKETS = Number(options.sockets);
const RUNS = Number(options.runs);
const NODES = 2;
/** A connection has two ends here, and the rest of a process needs some. */
const FILES_NEEDED = SOCKETS + 500;

const load = () => Number(loadavg()[0]!.toFixed(1));
const say = (line: string) => void (options.json ? process.stderr : process.stdout).write(`${line}\n`);

const files = Number(execFileSync("sh", ["-c", "ulimit -n"]).toString().trim());
if (files < FILES_NEEDED) throw new Error(`Each process may open ${files} files and needs ${FILES_NEEDED}: raise it by "ulimit -n ${FILES_NEEDED}".`);

const folder = mkdtempSync(path.join(tmpdir(), "wellspring-nodes-"));
process.env.DATA_DIR = folder;
buildPages();
const { startEmbedded } = await import("#db/embedded.ts");
const { migrate } = await import("#db/migrate.ts");
const database = await startEmbedded();
process.env.DATABASE_URL = database.url;
const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true }), database.stop];
const stopAll = async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stopAll().finally(() => process.exit(130)));

try {
  await migrate(database.url);
  const places = await (await import("./seed.ts")).seed(database.url, 2000);
  const topic = places.writable[0]!;
  const nodes: Server[] = [];
  for (let n = 0; n < NODES; n++) {
    const node = await startProduct(path.join(folder, `node-${n}`), 1, { DATABASE_URL: database.url });
    stops.push(node.stop);
    nodes.push(node);
  }
  const loadAtStart = load();
  const empty = nodes.map(residentKb);
  const listeners = nodes.map(() => {
    const child = fork("tests/bench/nodes-listener.ts", { execArgv: ["--import", "tsx"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    stops.push(() => child.kill());
    return child;
  });
  const begun = performance.now();
  const opened = await Promise.all(listeners.map((child, n) => {
    child.send({ open: { url: nodes[n]!.url, count: SOCKETS, topicId: Number(topic.split("/")[3]), cookies: places.cookies } });
    return next<{ opened: number }>(child, "opened").then(({ opened }) => opened);
  }));
  const openSeconds = (performance.now() - begun) / 1000;
  const socketKb = nodes.map((node, n) => Math.round((residentKb(node) - empty[n]!) / opened[n]!));

  // Told by the node that took the reply, and by the other.
  const told = { own: [] as number[][], other: [] as number[][] };
  let missed = 0;
  for (let run = 0; run < RUNS; run++) {
    const heard = listeners.map((child) => next<{ at: (number | null)[] }>(child, "at"));
    await Promise.all(listeners.map((child) => (child.send({ listen: true }), next(child, "listening"))));
    const writer = run % NODES;
    const start = performance.timeOrigin + performance.now();
    const answer = await fetch(nodes[writer]!.url + topic, { method: "POST", redirect: "manual", headers: { cookie: places.cookies[run]! }, body: new URLSearchParams({ key: randomUUID(), body: "It was the valve, as so often." }) });
    if (answer.status !== 302) throw new Error(`A reply was answered by ${answer.status}.`);
    for (const [n, { at }] of (await Promise.all(heard)).entries()) {
      missed += at.filter((time) => time === null).length;
      told[n === writer ? "own" : "other"].push(at.filter((time) => time !== null).map((time) => time - start).toSorted((a, b) => a - b));
    }
    // The next one must not fall into what is gathered to spare those who listen.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  const at = (runs: number[][], part: number) => Math.round(median(runs.map((times) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN)));
  const of = (runs: number[][]) => ({ p50Ms: at(runs, 0.5), p99Ms: at(runs, 0.99), lastMs: at(runs, 1) });
  const figures = { joinedBy: process.env.REDIS_URL ? "Redis" : "PostgreSQL", filesAllowed: files, opened, openSeconds: Math.round(openSeconds), socketKb, own: of(told.own), other: of(told.other), missed, loadAtStart, loadAtEnd: load() };
  say(`${opened.join(" + ")} sockets on ${NODES} nodes joined by ${figures.joinedBy}, opened in ${figures.openSeconds} s; ${socketKb.join(" and ")} kB of each node's memory for each. At most ${files} files in a process.`);
  say(`A reply reaches the readers of the node that took it: p50 ${figures.own.p50Ms} ms, p99 ${figures.own.p99Ms}, last ${figures.own.lastMs}; of the other: p50 ${figures.other.p50Ms} ms, p99 ${figures.other.p99Ms}, last ${figures.other.lastMs}. ${missed} missed, in ${RUNS} replies. Load ${loadAtStart} before, ${figures.loadAtEnd} after.`);
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopAll();
}
process.exit();

function next<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve) => {
    const hear = (message: object) => {
      if (!(name in message)) return;
      child.off("message", hear);
      resolve(message as Message);
    };
    child.on("message", hear);
  });
}

/** What a process holds in memory. Its own garbage is in it: with few sockets the figure says little. */
function residentKb({ pid }: Server): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]);
}
