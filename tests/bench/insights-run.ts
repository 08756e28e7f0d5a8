import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import postgres, { type Sql } from "postgres";
import { addTalk, POSTS_PER_TOPIC, MEMBERS, sentencesOf, type Said } from "./insights-storing.ts";

/** Posts put together in the database in one statement. */
const AT_ONCE = 50_000;
const POINTS = 10;

type Point = { posts: number; megabytes: number };

/**
 * A run over very many posts by a process of its own, which is killed in the middle and followed by another: says how
 * fast it was, how much memory it held at ten points, and whether everything came out whole.
 */
export async function measureRun(said: Said[], count: number, say: (line: string) => void): Promise<Record<string, number | boolean>> {
  const folder = mkdtempSync(path.join(tmpdir(), "wellspring-bench-"));
  process.env.DATA_DIR = folder;
  const { startEmbedded } = await import("#db/embedded.ts");
  const { migrate } = await import("#db/migrate.ts");
  const database = await startEmbedded();
  const sql = postgres(database.url, { max: 1, onnotice: () => {}, connection: { synchronous_commit: "off", statement_timeout: 0 } });
  try {
    await migrate(database.url);
    const start = performance.now();
    await addMany(sql, said, count);
    say(`${count.toLocaleString("en")} posts written in ${seconds(start)} s.`);
    const run = await runTwice(database.url, count, say);
    return { ...run, ...(await wholeness(sql, count)) };
  } finally {
    await sql.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The real posts as they are, then others of one to three of their lines each, put together where they are stored. */
async function addMany(sql: Sql, said: Said[], count: number): Promise<void> {
  const real = Math.min(count, said.length - (said.length % POSTS_PER_TOPIC));
  await sql.begin(async (tx) => {
    await addTalk(tx, said, real);
    const titles = said.flatMap(({ title }) => (title ? [title] : []));
    const lines = sentencesOf(said);
    await tx`create temp table titles on commit drop as select n::int, title from unnest(${titles}::text[]) with ordinality as x(title, n)`;
    await tx`create temp table lines on commit drop as select n::int, trim(both E' \t\r\n' from line) as line from unnest(${lines}::text[]) with ordinality as x(line, n)`;
    await tx`create unique index on titles (n)`;
    await tx`create unique index on lines (n)`;
    await tx`analyze titles, lines`;
    const draw = (at: string, salt: number) => tx.unsafe(`(1 + (hashint4(${at} * 3 + ${salt})::bigint + 2147483648) % ${lines.length})::int`);
    for (let from = real; from < count; from += AT_ONCE) {
      const to = Math.min(count, from + AT_ONCE);
      await tx`
        insert into topics (id, category_id, author_id, title, slug, excerpt, last_post_at, last_post_author_id, created_at)
        select topic, 1, 1 + topic % ${MEMBERS}::int, title, 'topic-' || topic, '', now(), 1, now() - interval '3 years' + topic * ${POSTS_PER_TOPIC}::int * interval '1 minute'
        from generate_series(${1 + from / POSTS_PER_TOPIC}::int, ${Math.ceil(to / POSTS_PER_TOPIC)}::int) topic join titles on titles.n = 1 + topic % ${titles.length}::int`;
      await tx`
        insert into posts (topic_id, number, author_id, body, body_html, body_text, render_version, created_at)
        select 1 + at / ${POSTS_PER_TOPIC}::int, 1 + at % ${POSTS_PER_TOPIC}::int, 1 + (at::bigint * 7) % ${MEMBERS}::int, jsonb_build_object('type', 'doc', 'content', (
            select jsonb_agg(jsonb_build_object('type', 'paragraph', 'content', jsonb_build_array(jsonb_build_object('type', 'text', 'text', line))) order by nth) from unnest(array[a.line, b.line, c.line]) with ordinality as said(line, nth) where line is not null)),
          '', concat_ws(E'\n', a.line, b.line, c.line), 1, now() - interval '3 years' + at * interval '1 minute'
        from generate_series(${from}::int, ${to - 1}::int) at
        join lines a on a.n = ${draw("at", 0)} left join lines b on at % 3 > 0 and b.n = ${draw("at", 1)} left join lines c on at % 3 > 1 and c.n = ${draw("at", 2)}
        order by at`;
    }
  });
  await sql`vacuum analyze`;
}

async function runTwice(url: string, count: number, say: (line: string) => void): Promise<Record<string, number>> {
  const start = performance.now();
  const points: Point[] = [];
  let reached = 0;
  const follow = async (until: number) => {
    const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/insights-run-process.ts"], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, DATABASE_URL: url } });
    for await (const line of createInterface({ input: child.stdout })) {
      const { posts, megabytes } = JSON.parse(line) as Point;
      reached = posts;
      if (posts >= (count / POINTS) * (points.length + 1) || (posts === count && points.length < POINTS)) {
        points.push({ posts, megabytes });
        say(`${posts.toLocaleString("en")} posts, ${Math.round(posts / ((performance.now() - start) / 1000))} a second since the beginning, ${megabytes} MB, load ${loadavg()[0]!.toFixed(1)}`);
      }
      if (posts >= until && child.exitCode === null) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
    return child.signalCode;
  };
  if ((await follow(count / 2)) !== "SIGKILL") throw new Error("It was done before it could be killed.");
  const killedAt = reached;
  say(`Killed after ${killedAt.toLocaleString("en")} posts; another process goes on.`);
  await follow(Infinity);
  const memory = points.map(({ megabytes }) => megabytes);
  return { runPosts: reached, runSeconds: seconds(start), runPostsPerSecond: Math.round(reached / ((performance.now() - start) / 1000)), runKilledAt: killedAt, runMemoryMbFirst: memory[0]!, runMemoryMbLast: memory.at(-1)!, runMemoryMbMost: Math.max(...memory) };
}

/** Each thing once, and every count what its rows add up to. */
async function wholeness(sql: Sql, count: number): Promise<Record<string, number | boolean>> {
  const [row] = await sql<Record<string, number>[]>`
    select (select count(*)::int from mined_posts) as read, (select count(*)::int from statements) as statements, (select count(distinct post_id)::int from statements) as speaking,
      (select post_count from mining_runs) as run_posts, (select statement_count from mining_runs) as run_statements, (select count(*)::int from mining_runs where finished_at is not null) as finished,
      (select coalesce(sum(size), 0)::int from theme_clusters) as in_clusters, (select count(*)::int from statements where cluster_id is not null and similarity is not null) as placed,
      (select coalesce(sum(statement_count), 0)::int from themes where merged_into_id is null) as counted, (select count(*)::int from statements where theme_id is not null and excluded is null) as themed,
      (select count(*)::int from themes where merged_into_id is null) as themes`;
  const { read, statements, run_posts, run_statements, finished, in_clusters, placed, counted, themed, themes } = row!;
  const isWhole = finished === 1 && read === count && run_posts === count && run_statements === statements && in_clusters === placed && counted === themed;
  return { runStatements: statements!, runPlaced: placed!, runThemes: themes!, runThemed: themed!, runIsWhole: isWhole };
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}
