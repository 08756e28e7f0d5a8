import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import autocannon from "autocannon";
import getPort from "get-port";
import { io, type Socket } from "socket.io-client";
import type { ClientMessages, ServerMessages } from "#app/core/realtime-messages.ts";

// `npm run bench:web`: measures a server of its own, filled with 50,000 posts (or `--million`). `--quick` measures less
// long, `--json` prints one object. `--url` measures the guest's pages of a running server instead, at its start page
// and at each `--path`.
const { values: options } = parseArgs({
  options: { json: { type: "boolean" }, quick: { type: "boolean" }, million: { type: "boolean" }, url: { type: "string" }, path: { type: "string", multiple: true, default: [] } },
});
const SECONDS = options.quick ? 3 : 8;
const RUNS = options.quick ? 1 : 3;
type Figure = { rps: number; p50: number; p99: number; failed: number; cpuMsPerRequest: number | null };
type Server = { url: string; pid: number | null; stop: () => Promise<void> };

const figures: Record<string, unknown> = { at: new Date().toISOString(), cores: cpus().length, model: cpus()[0]?.model, node: process.version };
const say = (line: string) => void (options.json || console.log(line));

if (options.url) await measureRunning(options.url, ["/", ...options.path]);
else await measureOwn();
if (options.json) console.log(JSON.stringify(figures));
process.exit(0);

async function measureRunning(url: string, paths: string[]): Promise<void> {
  for (const at of ["/healthz", ...paths]) await measurePage({ url, pid: null, stop: async () => {} }, `guest ${at}`, at);
}

async function measureOwn(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "wellspring-bench-"));
  process.env.DATA_DIR = folder;
  const { startEmbedded } = await import("#db/embedded.ts");
  const { migrate } = await import("#db/migrate.ts");
  const { buildIfStale } = await import("#app/server/build.ts");
  buildIfStale();
  const database = await startEmbedded({ name: "bench" });
  process.env.DATABASE_URL = database.url;
  let server: Server | undefined;
  try {
    await migrate(database.url);
    const start = performance.now();
    const places = await (await import("./seed.ts")).seed(database.url, options.million ? 1_000_000 : 50_000);
    figures.seedSeconds = Math.round((performance.now() - start) / 1000);
    say(`Seeded in ${String(figures.seedSeconds)} s.`);
    server = await startOwn(database.url, folder);

    await measurePage(server, "baseline /healthz", "/healthz");
    const pages = { home: places.home, category: places.category, "topic of 20": places.topic20, "page 50 of 1,000": places.page50, profile: places.profile };
    for (const [name, at] of Object.entries(pages)) {
      await measurePage(server, `guest ${name}`, at);
      await measurePage(server, `member ${name}`, at, places.cookies[7]);
    }
    figures["script bytes of a guest's topic, gzipped"] = await scriptBytes(server.url + places.topic20);
    say(`Script of a guest's topic page: ${String(figures["script bytes of a guest's topic, gzipped"])} bytes gzipped.`);
    if (places.topic100k) await measureDeep(server, places.topic100k, places.cookies[7]!);
    await measureReplies(server, places.writable, places.cookies);
    await measureArrival(server, places.topic20, places.cookies);
  } finally {
    await server?.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOwn(databaseUrl: string, folder: string): Promise<Server> {
  const port = await getPort();
  const child = spawn(process.execPath, ["--import", "tsx", "app/server/index.ts"], {
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl, DATA_DIR: folder, PORT: String(port), DEMO: "0", LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; !(await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)); tries++) {
    if (child.exitCode !== null || tries > 1200) throw new Error("The server did not start.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, pid: child.pid!, stop: () => new Promise((resolve) => (child.once("exit", () => resolve()), child.kill("SIGTERM"))) };
}

/** Medians of the runs, at 1, 10 and 50 at a time. */
async function measurePage(server: Server, name: string, at: string, cookie?: string): Promise<void> {
  const url = server.url + at;
  const headers = { "accept-encoding": "gzip, br", ...(cookie ? { cookie } : {}) };
  const first = await fetch(url, { headers, redirect: "manual" });
  if (first.status !== 200) return say(`${name}: answers ${first.status}, not measured.`);
  for (const connections of options.quick ? [10] : [1, 10, 50]) {
    const runs: Figure[] = [];
    for (let run = 0; run < RUNS; run++) {
      const cpuBefore = cpuMs(server.pid);
      const result = await autocannon({ url, headers, connections, duration: SECONDS });
      const requests = result["2xx"] + result.non2xx;
      const cpu = cpuBefore === null ? null : (cpuMs(server.pid)! - cpuBefore) / Math.max(requests, 1);
      runs.push({ rps: Math.round(requests / result.duration), p50: result.latency.p50, p99: result.latency.p99, failed: result.non2xx + result.errors, cpuMsPerRequest: cpu });
    }
    const figure = runs.toSorted((a, b) => a.rps - b.rps)[Math.floor(runs.length / 2)]!;
    figures[`${name} x${connections}`] = figure;
    say(`${`${name} x${connections}`.padEnd(34)} ${String(figure.rps).padStart(6)} requests/s   p50 ${figure.p50} ms   p99 ${figure.p99} ms   ${figure.cpuMsPerRequest?.toFixed(2) ?? "-"} ms of processor each   ${figure.failed} failed`);
  }
}

/** Processor time the server's process has used, where the system tells: it says what a page costs also on a busy machine. */
function cpuMs(pid: number | null): number | null {
  if (pid === null || process.platform !== "linux") return null;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function scriptBytes(url: string): Promise<number> {
  const html = await (await fetch(url)).text();
  const files = new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"|"(\/assets\/[^"]+\.js)"/g)].map(([, a, b]) => a ?? b!));
  // What the page loads, not what its manifest only names.
  const loaded = [...files].filter((file) => html.includes(`href="${file}"`) || html.includes(`from "${file}"`) || html.includes(`import("${file}")`));
  const sizes = await Promise.all(loaded.map(async (file) => gzipSync(await (await fetch(new URL(file, url))).text(), { level: 9 }).length));
  return sizes.reduce((sum, one) => sum + one, 0);
}

async function measureDeep(server: Server, topic: string, cookie: string): Promise<void> {
  const medianOf = async (number: number) => {
    const times: number[] = [];
    for (let n = 0; n < 25; n++) {
      const start = performance.now();
      await (await fetch(`${server.url}${topic}/${number + n}`, { headers: { cookie } })).text();
      times.push(performance.now() - start);
    }
    return Math.round(times.toSorted((a, b) => a - b)[12]! * 10) / 10;
  };
  figures["a topic of 100,000, ms"] = { first: await medianOf(1), middle: await medianOf(50_000), last: await medianOf(99_900) };
  say(`A page of a topic of 100,000: ${JSON.stringify(figures["a topic of 100,000, ms"])} ms.`);
}

/** Ten write as fast as they are answered, in turn as a thousand members, while 500 have the topics open. */
async function measureReplies(server: Server, topics: string[], cookies: string[]): Promise<void> {
  const sockets = await openSockets(server.url, 500, cookies, (n) => idIn(topics[n % topics.length]!));
  let taken = 0;
  let refused = 0;
  const until = performance.now() + SECONDS * 1000;
  const start = performance.now();
  await Promise.all(topics.map(async (topic, writer) => {
    for (let n = 0; performance.now() < until; n++) {
      const answer = await reply(server.url, topic, cookies[(writer + n * 10) % cookies.length]!);
      if (answer === 302 || answer === 303) taken++;
      else refused++;
    }
  }));
  figures["replies/s, 10 writers, 500 online"] = { taken: Math.round(taken / ((performance.now() - start) / 1000)), refused, online: sockets.length };
  say(`Replies: ${JSON.stringify(figures["replies/s, 10 writers, 500 online"])} a second.`);
  sockets.forEach((socket) => socket.disconnect());
}

async function measureArrival(server: Server, topic: string, cookies: string[]): Promise<void> {
  const sockets = await openSockets(server.url, 1000, cookies, () => idIn(topic));
  const runs: number[][] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    const arrivals = sockets.map((socket) => new Promise<number>((resolve) => {
      socket.once("topic.changed", () => resolve(performance.now() - start));
      setTimeout(resolve, 10_000, Number.POSITIVE_INFINITY);
    }));
    await reply(server.url, topic, cookies[run]!);
    runs.push((await Promise.all(arrivals)).toSorted((a, b) => a - b));
  }
  const median = (pick: (all: number[]) => number) => Math.round(runs.map(pick).toSorted((a, b) => a - b)[2]!);
  figures["from POST to 1,000 sockets, ms"] = { online: sockets.length, p50: median((all) => all[Math.floor(all.length / 2)]!), p99: median((all) => all[Math.floor(all.length * 0.99)]!), last: median((all) => all.at(-1)!) };
  say(`From POST to arrival: ${JSON.stringify(figures["from POST to 1,000 sockets, ms"])}.`);
  sockets.forEach((socket) => socket.disconnect());
}

async function openSockets(url: string, count: number, cookies: string[], topicOf: (n: number) => number) {
  const sockets: Socket<ServerMessages, ClientMessages>[] = [];
  for (let n = 0; n < count; n++) {
    const socket: Socket<ServerMessages, ClientMessages> = io(url, { transports: ["websocket"], forceNew: true, extraHeaders: { cookie: cookies[n % cookies.length]! } });
    sockets.push(socket);
    if (n % 50 === 49) await Promise.all(sockets.slice(-50).map((one, i) => new Promise<void>((resolve) => one.emit("room.join", { room: `topic:${topicOf(n - 49 + i)}` }, () => resolve()))));
  }
  return sockets.filter((socket) => socket.connected);
}

async function reply(url: string, topic: string, cookie: string): Promise<number> {
  const answer = await fetch(url + topic, { method: "POST", redirect: "manual", headers: { cookie }, body: new URLSearchParams({ key: randomUUID(), body: "It was the valve, as so often." }) });
  await answer.arrayBuffer();
  return answer.status;
}

function idIn(topic: string): number {
  return Number(topic.split("/")[3]);
}
