import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import postgres, { type TransactionSql } from "postgres";
import { renderedBody, RENDER_VERSION } from "#app/core/render-rich-text.ts";
import type { RichText } from "#db/schema/rich-text.ts";

export const MEMBERS = 1000;
export const POSTS_PER_TOPIC = 8;
const ROWS = 2000;

export type Said = { title: string; text: string };

/**
 * Fills an empty database with posts made of real statements, and reads them all as a run does: from the database into
 * the database. Beyond the number of real posts, new ones are put together of the statements of others.
 */
export async function measureStoring(said: Said[], count: number, say: (line: string) => void): Promise<Record<string, number>> {
  const folder = process.env.BENCH_FOLDER ?? mkdtempSync(path.join(tmpdir(), "wellspring-bench-"));
  process.env.DATA_DIR = folder;
  const { startEmbedded } = await import("#db/embedded.ts");
  const { migrate } = await import("#db/migrate.ts");
  const database = await startEmbedded();
  try {
    process.env.DATABASE_URL = database.url;
    await migrate(database.url);
    return await mineAll(database.url, said, count, say);
  } finally {
    await database.stop();
    if (!process.env.BENCH_FOLDER) rmSync(folder, { recursive: true, force: true });
  }
}

async function mineAll(url: string, said: Said[], count: number, say: (line: string) => void): Promise<Record<string, number>> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { synchronous_commit: "off" } });
  const [{ there }] = (await sql`select count(*)::int as there from posts`) as unknown as [{ there: number }];
  if (there === 0) {
    await sql.begin((tx) => addTalk(tx, said, count));
    await sql`vacuum analyze`;
    say(`${count.toLocaleString("en")} posts written.`);
  }
  const { db } = await import("#db/client.ts");
  const { mineEverything, mineNextBatch } = await import("#app/insights/mine-everything.ts");
  const runId = await mineEverything(db, "bench");
  if (runId === null) throw new Error("All of it is read already.");
  const [{ before }] = (await sql`select post_count as before from mining_runs where id = ${runId}`) as unknown as [{ before: number }];
  const cpu = process.cpuUsage();
  const start = performance.now();
  let most = 0;
  for (let batches = 1; !(await mineNextBatch(runId)); batches++) {
    most = Math.max(most, process.memoryUsage.rss());
    if (batches % 25 === 0) {
      const [{ done }] = (await sql`select post_count as done from mining_runs where id = ${runId}`) as unknown as [{ done: number }];
      const seconds = (performance.now() - start) / 1000;
      say(`${done.toLocaleString("en")} posts, ${Math.round((done - before) / seconds)} a second, ${Math.round(process.memoryUsage.rss() / 1e6)} MB, load ${loadavg()[0]!.toFixed(1)}`);
    }
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const [counts] = await sql<{ statements: number; themes: number; clusters: number; post_count: number }[]>`
    select (select count(*)::int from statements) as statements, (select count(*)::int from themes where merged_into_id is null) as themes, (select count(*)::int from theme_clusters) as clusters, post_count from mining_runs where id = ${runId}`;
  await sql.end();
  const posts = counts!.post_count - before;
  return {
    storedPosts: posts, storedPostsPerSecond: Math.round(posts / seconds), storedPostsPerProcessorSecond: Math.round(posts / ((user + system) / 1e6)),
    storedStatements: counts!.statements, storedThemes: counts!.themes, storedClusters: counts!.clusters, storedMemoryMb: Math.round(most / 1e6),
  };
}

export async function addTalk(tx: TransactionSql, said: Said[], count: number): Promise<void> {
  await tx`set local session_replication_role = replica`;
  await tx`insert into groups (kind, name) values ('everyone', 'Everyone'), ('members', 'Members'), ('staff', 'Staff') on conflict do nothing`;
  await tx`insert into members (id, username, username_skeleton, name, email, email_verified_at, created_at)
    select n, 'member' || n, 'member' || n, 'Member ' || n, 'member' || n || '@example.com', now(), now() - interval '5 years' from generate_series(1, ${MEMBERS}::int) n`;
  await tx`insert into divisions (id, slug, name) values (1, 'all', 'All')`;
  await tx`insert into categories (id, division_id, slug, name, inherits_rights) values (1, 1, 'talk', 'Talk', false)`;
  await tx`insert into category_access (category_id, group_id, level) select 1, id, 'see' from groups`;
  const titles = said.flatMap(({ title }) => (title ? [title] : []));
  const sentences = sentencesOf(said);
  let state = 1;
  const draw = <Thing>(things: Thing[]) => things[(state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % things.length]!;
  for (let from = 0; from < count; from += ROWS) {
    const posts = Array.from({ length: Math.min(ROWS, count - from) }, (_, n) => {
      const at = from + n;
      const text = said[at]?.text.trim() || [draw(sentences), draw(sentences), draw(sentences)].slice(0, 1 + (at % 3)).join("\n");
      const body: RichText = { type: "doc", content: text.split("\n").filter(Boolean).map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] })) };
      const { bodyHtml, bodyText } = renderedBody(body);
      return { topic: 1 + Math.floor(at / POSTS_PER_TOPIC), number: 1 + (at % POSTS_PER_TOPIC), author: 1 + ((at * 7) % MEMBERS), body: JSON.stringify(body), html: bodyHtml, text: bodyText, at };
    });
    const topics = posts.filter(({ number }) => number === 1).map(({ topic, author, at }) => ({ topic, author, at, title: titles[topic % titles.length]! }));
    await tx`insert into topics (id, category_id, author_id, title, slug, excerpt, last_post_at, last_post_author_id, created_at)
      select (x->>'topic')::bigint, 1, (x->>'author')::bigint, x->>'title', 'topic-' || (x->>'topic'), '', now(), (x->>'author')::bigint, now() - interval '3 years' + (x->>'at')::int * interval '1 minute' from jsonb_array_elements(${tx.json(topics)}) x`;
    await tx`insert into posts (topic_id, number, author_id, body, body_html, body_text, render_version, created_at)
      select (x->>'topic')::bigint, (x->>'number')::int, (x->>'author')::bigint, (x->>'body')::jsonb, x->>'html', x->>'text', ${RENDER_VERSION}, now() - interval '3 years' + (x->>'at')::int * interval '1 minute' from jsonb_array_elements(${tx.json(posts)}) x`;
  }
}

export function sentencesOf(said: Said[]): string[] {
  return said.flatMap(({ text }) => text.split("\n").filter((line) => line.trim() !== ""));
}
