import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { generator, misspelt, makeCorpus } from "./search-corpus.ts";

// `npm run bench:search`: measures searches among a million posts of its own (`--posts 200000` for fewer), as a guest of
// a community with 60 categories, 12 of them hidden from guests: twenty results with highlights, facets and the entry in
// the log, as the page asks for them. `--quick` asks less often, `--json` prints one object, `--keep <folder>` keeps the
// filled database there and uses it again.
const { values: options } = parseArgs({
  options: { json: { type: "boolean" }, quick: { type: "boolean" }, posts: { type: "string", default: "1000000" }, keep: { type: "string" } },
});
const POSTS = Number(options.posts);
const QUERIES = options.quick ? 60 : 300;
const say = (line: string) => void (options.json || console.log(line));

type Figure = { p50: number; p99: number; mean: number; /** Processor time of one, in the database and here: holds on a busy machine too. */ cpuMs: number; asked: number; goal: { p50: number; p99: number } | null };
const figures: Record<string, unknown> = { at: new Date().toISOString(), posts: POSTS, cores: cpus().length, model: cpus()[0]?.model, node: process.version, load: loadavg()[0] };

const folder = options.keep ? path.resolve(options.keep) : mkdtempSync(path.join(tmpdir(), "wellspring-bench-search-"));
process.env.DATA_DIR = folder;
const { startEmbedded } = await import("#db/embedded.ts");
const database = await startEmbedded({ name: "bench", settings: { shared_buffers: "2GB", max_wal_size: "8GB" } });
try {
  await prepare();
  await measureAll();
} finally {
  const { closeSearchConnection } = await import("#db/search-client.ts");
  await closeSearchConnection();
  await globalThis.wellspringDb?.$client.end({ timeout: 5 });
  await database.stop();
  if (!options.keep) rmSync(folder, { recursive: true, force: true });
}
figures.loadAfter = loadavg()[0];
if (options.json) console.log(JSON.stringify(figures));
process.exit(0);

/** A database for each number of posts, filled once and marked as whole by its name. */
async function prepare(): Promise<void> {
  const { default: postgres } = await import("postgres");
  const { migrate } = await import("#db/migrate.ts");
  const admin = postgres(database.url, { max: 1, onnotice: () => {} });
  const name = `search_${POSTS}`;
  const urlOf = (of: string) => database.url.replace(/postgres$/, of);
  const [there] = await admin`select from pg_database where datname = ${name}`;
  if (!there) {
    await admin.unsafe(`drop database if exists ${name}_filling with (force)`);
    await admin.unsafe(`create database ${name}_filling`);
    await migrate(urlOf(`${name}_filling`));
    const start = performance.now();
    await (await import("./search-seed.ts")).seedSearch(urlOf(`${name}_filling`), POSTS, say);
    figures.seedSeconds = Math.round((performance.now() - start) / 1000);
    await admin.unsafe(`alter database ${name}_filling rename to ${name}`);
  }
  await admin.end();
  await migrate(urlOf(name));
  process.env.DATABASE_URL = urlOf(name);
}

async function measureAll(): Promise<void> {
  const { searchConnection } = await import("#db/search-client.ts");
  const { searchAs } = await import("#app/discovery/search.ts");
  const { suggest } = await import("#app/discovery/suggest.ts");
  const { guest } = await import("#app/core/viewer.ts");
  const sql = searchConnection();
  const sizes = await sql<{ name: string; size: string }[]>`
    select relname as name, pg_size_pretty(pg_relation_size(oid)) as size from pg_class where relname like 'search_documents%' and relkind in ('r', 'i') order by pg_relation_size(oid) desc limit 8`;
  figures.sizes = Object.fromEntries(sizes.map(({ name, size }) => [name, size]));
  const asked = await drawQueries();
  const page = (q: string) => searchAs(guest, q, { order: "relevance", page: 1 });

  await warm(asked["1 word"]!.slice(0, 100), page);
  const goal = { p50: 25, p99: 150 };
  for (const name of ["1 word", "2 words", "3 words"]) await measure(`first page, ${name}`, asked[name]!, page, goal);
  await measure("as you type, titles, people, tags and places", asked.beginnings!, (q) => suggest(guest, q), { p50: 3, p99: 20 });
  await measure("as you type over posts (each beginning as a whole search)", asked.beginnings!, page, { p50: 40, p99: 200 });
  await measure("one typing error, 1 word", asked["1 typo"]!, page, { p50: 30, p99: 150 });
  await measure("one typing error, 2 words", asked["2 words, 1 typo"]!, page, { p50: 30, p99: 150 });
  await measureTogether("4 at once, 1 word", asked["1 word"]!, page, { p50: 50, p99: 250 });
  await measureWriting();
  // What a search costs that ranks all it finds, without stages and caps, for the first twenty with highlights.
  for (const name of ["1 word", "2 words", "3 words"]) {
    await measure(`baseline, ranking everything, ${name}`, asked[name]!, (q) => sql`
      select p.id, ts_headline('public.wellspring', left(p.body_text, 10000), found.q, 'MaxFragments=2') from (
        select d.source_id, q, ts_rank_cd(d.words, q) as score from search_documents d, websearch_to_tsquery('public.wellspring', ${q}) q
        where d.words @@ q and d.category_id = any (array(select id from categories where id % 5 <> 0)) order by score desc limit 20
      ) found join posts p on p.id = found.source_id order by found.score desc`, null);
  }
}

/** Words from posts that are there, so that every search finds something: common words come as often as people use them. */
async function drawQueries(): Promise<Record<string, string[]>> {
  const { searchConnection } = await import("#db/search-client.ts");
  const { isFunctionWord } = makeCorpus(7);
  const random = generator(11);
  const ids = Array.from({ length: QUERIES * 3 }, () => 1 + Math.floor(random() * POSTS));
  const rows = await searchConnection()<{ text: string }[]>`select p.body_text as text from posts p join topics t on t.id = p.topic_id where p.id = any (${ids}::bigint[]) and t.category_id % 5 <> 0`;
  const bodies = rows.map(({ text }) => [...new Set(text.toLowerCase().match(/[a-z]{3,}/g) ?? [])].filter((word) => !isFunctionWord(word))).filter((words) => words.length >= 3);
  const drawn = (count: number) => Array.from({ length: QUERIES }, (_, n) => {
    const words = bodies[n % bodies.length]!;
    return Array.from({ length: count }, () => words[Math.floor(random() * words.length)]!);
  });
  const titles = await searchConnection()<{ title: string }[]>`select title from topics where category_id % 5 <> 0 and id = any (${ids}::bigint[])`;
  const long = (words: string[]) => words.find((word) => word.length >= 6) ?? `${words[0]!}ness`;
  return {
    "1 word": drawn(1).map(([word]) => word!),
    "2 words": drawn(2).map((words) => words.join(" ")),
    "3 words": drawn(3).map((words) => words.join(" ")),
    beginnings: titles.slice(0, QUERIES).map(({ title }) => {
      const words = title.toLowerCase().split(" ");
      const at = Math.floor(random() * words.length);
      return [...words.slice(Math.max(0, at - Math.floor(random() * 3)), at), words[at]!.slice(0, 2 + Math.floor(random() * 4))].join(" ");
    }),
    "1 typo": bodies.slice(0, QUERIES).map((words) => misspelt(long(words), random)),
    "2 words, 1 typo": bodies.slice(0, QUERIES).map((words) => `${words[1]!} ${misspelt(long(words), random)}`),
  };
}

async function warm(queries: string[], ask: (q: string) => Promise<unknown>): Promise<void> {
  for (const q of queries) await ask(q);
}

async function measure(name: string, queries: string[], ask: (q: string) => Promise<unknown>, goal: Figure["goal"]): Promise<void> {
  const times: number[] = [];
  let failed = 0;
  const before = await cpuMs();
  for (const q of queries) {
    const start = performance.now();
    await ask(q).catch(() => failed++);
    times.push(performance.now() - start);
  }
  note(name, times, { goal, failed, cpu: (await cpuMs()) - before });
}

async function measureTogether(name: string, queries: string[], ask: (q: string) => Promise<unknown>, goal: Figure["goal"]): Promise<void> {
  const times: number[] = [];
  const waiting = [...queries];
  const before = await cpuMs();
  const start = performance.now();
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let q = waiting.pop(); q !== undefined; q = waiting.pop()) {
      const begun = performance.now();
      await ask(q);
      times.push(performance.now() - begun);
    }
  }));
  figures[`${name}, searches a second`] = Math.round(queries.length / ((performance.now() - start) / 1000));
  note(name, times, { goal, failed: 0, cpu: (await cpuMs()) - before });
}

/** What keeping posts findable costs those who write: one post in a transaction, with its document and without. */
async function measureWriting(): Promise<void> {
  const { searchConnection } = await import("#db/search-client.ts");
  const sql = searchConnection();
  const corpus = makeCorpus(99);
  const [{ last }] = (await sql<{ last: number }[]>`select max(number)::int as last from posts where topic_id = 1`) as unknown as [{ last: number }];
  for (const [at, name] of ["a post, findable when it is there", "baseline, a post that is never found"].entries()) {
    const times: number[] = [];
    const before = await cpuMs();
    for (let n = 0; n < QUERIES / 3; n++) {
      const text = corpus.text(n % 100);
      const start = performance.now();
      await sql.begin(async (tx) => {
        if (at === 1) await tx`set local session_replication_role = replica`;
        await tx`insert into posts (topic_id, number, author_id, body, body_html, body_text, render_version) values (1, ${last + 1 + n + at * 10_000}, 1, '{}', '', ${text}, 1)`;
      });
      times.push(performance.now() - start);
    }
    note(name, times, { goal: null, failed: 0, cpu: (await cpuMs()) - before });
  }
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx`delete from posts where topic_id = 1 and number > ${last}`;
  });
}

/** Processor time used so far by this process and the database's for it, where the system tells. */
async function cpuMs(): Promise<number> {
  const own = process.cpuUsage();
  const { searchConnection } = await import("#db/search-client.ts");
  const pids = await searchConnection()<{ pid: number }[]>`select pid from pg_stat_activity where datname = current_database()`;
  const ofDatabase = process.platform !== "linux" ? 0 : pids.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
  return (own.user + own.system) / 1000 + ofDatabase;
}

function note(name: string, times: number[], { goal, failed, cpu }: { goal: Figure["goal"]; failed: number; cpu: number }): void {
  const sorted = times.toSorted((a, b) => a - b);
  const rounded = (ms: number) => Math.round(ms * 10) / 10;
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  const figure: Figure = { p50: at(0.5), p99: at(0.99), mean: rounded(times.reduce((sum, one) => sum + one, 0) / times.length), cpuMs: rounded(cpu / times.length), asked: times.length, goal };
  figures[name] = failed ? { ...figure, failed } : figure;
  const reached = goal ? `   goal ${goal.p50} / ${goal.p99}${figure.p50 <= goal.p50 && figure.p99 <= goal.p99 ? "" : "   MISSED"}` : "";
  say(`${name.padEnd(60)} p50 ${String(figure.p50).padStart(7)} ms   p99 ${String(figure.p99).padStart(7)} ms   ${String(figure.cpuMs).padStart(6)} ms of processor${reached}${failed ? `   ${failed} failed` : ""}`);
}
