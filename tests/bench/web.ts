import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureArrival, measureReplies } from "./live.ts";
import { headersFor, measureDeep, measurePage, scriptBytes, warm } from "./pages.ts";
import type { Places } from "./seed.ts";
import { buildPages, startBaseline, startProduct, type Server } from "./servers.ts";

// `npm run bench:web`: see README.md beside this file.
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean" }, quick: { type: "boolean" }, posts: { type: "string", default: "50000" }, processes: { type: "string", default: String(cpus().length) },
    url: { type: "string" }, path: { type: "string", multiple: true, default: [] }, cookie: { type: "string" },
  },
});
const POSTS = Number(options.posts);
const SECONDS = options.quick ? 1 : 2;
const RUNS = options.quick ? 1 : 3;
const CONNECTIONS = options.quick ? [10] : [1, 10, 50];

const load = () => loadavg()[0]!.toFixed(1);
const figures: Record<string, unknown> = { at: new Date().toISOString(), node: process.version, processor: cpus()[0]?.model, cores: cpus().length, loadAtStart: Number(load()), posts: options.url ? null : POSTS, processes: options.url ? null : Number(options.processes) };
const say = (line: string) => void (options.json ? process.stderr : process.stdout).write(`${line}\n`);

// What was started is stopped, also when someone has seen enough.
let stopAll = async (): Promise<void> => {};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stopAll().finally(() => process.exit(130)));

try {
  if (!Number.isInteger(POSTS) || POSTS < 2000) throw new Error("--posts wants a whole number of 2,000 or more.");
  const start = performance.now();
  if (options.url) await measureRunning(options.url);
  else await measureOwn();
  figures.loadAtEnd = Number(load());
  figures.seconds = Math.round((performance.now() - start) / 1000);
  say(`Measured in ${String(figures.seconds)} s; load ${String(figures.loadAtStart)} at the start, ${load()} at the end.`);
  if (options.json) await new Promise((resolve) => process.stdout.write(`${JSON.stringify(figures)}\n`, resolve));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();

/** A server that is already running: its start page and each `--path`, as a guest or with `--cookie`. */
async function measureRunning(url: string): Promise<void> {
  const server = { url, pid: null, stop: async () => {} };
  for (const at of ["/healthz", "/", ...options.path]) await report(server, at, [at], options.cookie);
}

async function measureOwn(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "wellspring-bench-"));
  process.env.DATA_DIR = folder;
  buildPages();
  const { startEmbedded } = await import("#db/embedded.ts");
  const { migrate } = await import("#db/migrate.ts");
  const database = await startEmbedded();
  process.env.DATABASE_URL = database.url;
  let server: Server | undefined;
  stopAll = async () => {
    stopAll = async () => {};
    await server?.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrate(database.url);
    const start = performance.now();
    const places = await (await import("./seed.ts")).seed(database.url, POSTS);
    figures.seedSeconds = Math.round((performance.now() - start) / 1000);
    say(`${POSTS.toLocaleString("en")} posts seeded in ${String(figures.seedSeconds)} s.`);
    server = await startProduct(folder, Number(options.processes));
    await measureAll(server, places);
  } finally {
    await stopAll();
  }
}

async function measureAll(server: Server, places: Places): Promise<void> {
  const cookie = places.cookies[7]!;
  await measureBaseline(server, places.topic20);
  const pages = { home: places.home, category: places.category, topic20: places.topic20, page50Of1000: places.page50, profile: places.profile };
  for (const [name, at] of Object.entries(pages)) {
    await report(server, `guest.${name}`, [at]);
    await report(server, `member.${name}`, [at], cookie);
  }
  // Nothing of these was made before: what a member waits for on the way through a large community.
  await report(server, "member.everAnotherTopic", places.topics, cookie);

  figures.guestTopicScriptBytesGzipped = await scriptBytes(server.url + places.topic20);
  say(`Script of a guest's topic page: ${(Number(figures.guestTopicScriptBytesGzipped) / 1000).toFixed(1)} kB gzipped.`);
  if (places.topic100k) {
    figures.topicOf100000 = await measureDeep(server.url, places.topic100k, cookie);
    say(`Pages of a topic of 100,000 posts: ${JSON.stringify(figures.topicOf100000)}`);
  }
  figures.replies = await measureReplies(server, places.writable, places.cookies, { online: 500, seconds: options.quick ? 3 : 6, runs: RUNS });
  say(`Replies by 10 writers: ${JSON.stringify(figures.replies)}`);
  figures.arrival = await measureArrival(server.url, places.topic20.replace(/\/1$/, ""), places.cookies, { online: 1000, runs: options.quick ? 3 : 7 });
  say(`From POST to arrival: ${JSON.stringify(figures.arrival)}`);
}

/** What this machine gives at this moment to a bare Express that answers with the very bytes of a guest's topic page. */
async function measureBaseline(server: Server, at: string): Promise<void> {
  const answer = await fetch(server.url + at, { headers: headersFor() });
  // Asked for compressed and read as it is: fetch would unpack it.
  const { brotliCompressSync, constants } = await import("node:zlib");
  const body = brotliCompressSync(Buffer.from(await answer.arrayBuffer()), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  const baseline = await startBaseline({ body, headers: { "content-type": "text/html; charset=utf-8", "content-encoding": "br" } });
  await report(baseline, "baseline", ["/"]);
  await baseline.stop();
}

async function report(server: Server, name: string, paths: string[], cookie?: string): Promise<void> {
  const first = await fetch(server.url + paths[0]!, { headers: headersFor(cookie), redirect: "manual" });
  await first.arrayBuffer();
  if (first.status !== 200) throw new Error(`${name}: ${paths[0]!} answers ${first.status}.`);
  await warm(server, paths, cookie);
  for (const connections of CONNECTIONS) {
    const figure = await measurePage(server, { paths, cookie, connections, seconds: SECONDS, runs: RUNS });
    figures[`${name}.at${connections}`] = figure;
    say(`${`${name} x${connections}`.padEnd(30)} ${String(figure.rps).padStart(8)} requests/s   p50 ${figure.p50Ms} ms   p99 ${figure.p99Ms} ms   ${figure.cpuMs ?? "-"} ms of processor each   ${figure.failed} failed   load ${load()}`);
  }
}
