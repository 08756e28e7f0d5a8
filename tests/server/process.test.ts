import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { beginSession } from "#app/core/session.ts";
import { db } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { startEmbedded } from "#db/embedded.ts";
import { make } from "#tests/support/make.ts";
import { runServer, startServer } from "#tests/support/server-process.ts";

test.each([["PORT", "eighty"], ["DATABASE_URL", "mysql://localhost/x"]])("a wrong %s (%s) stops the start with one sentence that names it", { timeout: 60_000 }, async (name, value) => {
  const { child, output } = runServer({ [name]: value });
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(output().trim().split("\n")).toHaveLength(1);
  expect(output()).toContain(name);
});

test("a port that is taken stops the start with a sentence", { timeout: 60_000 }, async () => {
  const taken = createServer().listen(0);
  const { port } = taken.address() as { port: number };
  const { child, output } = runServer({ PORT: String(port) });
  const [code] = await once(child, "exit");
  taken.close();
  expect(code).toBe(1);
  expect(output()).toContain(`The port ${port} is taken`);
  expect(output()).not.toMatch(/at .*\(.*:\d+:\d+\)/);
});

test("a database made by other steps stops the start with a sentence, and is left as it was", { timeout: 60_000 }, async () => {
  const before = await db.execute<{ id: number; hash: string }>(sql`select id, hash from drizzle.__drizzle_migrations order by id`);
  await db.execute(sql`update drizzle.__drizzle_migrations set hash = 'of another version', created_at = created_at - 1000`);
  try {
    const { child, output } = runServer({ PORT: "3129" });
    const [code] = await once(child, "exit");
    expect(code).toBe(1);
    expect(output().trim().split("\n")).toHaveLength(1);
    expect(output()).toContain("cannot bring up to date");
  } finally {
    for (const { id, hash } of before) await db.execute(sql`update drizzle.__drizzle_migrations set hash = ${hash}, created_at = created_at + 1000 where id = ${id}`);
  }
  // A step of a newer version, already taken by a process beside this one, is no reason to stay away.
  await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer version', 9999999999999)`);
  try {
    await migrate(process.env.DATABASE_URL!);
  } finally {
    await db.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'of a newer version'`);
  }
});

test("web and worker in processes of their own are one community: what one takes in, the other carries out, and the first shows it", { timeout: 120_000 }, async () => {
  const author = await make.member();
  const reader = await make.member();
  const topic = await make.topic({ authorId: reader.id });
  await make.post({ topicId: topic.id, authorId: reader.id });
  const web = await startServer({ RUN: "web" });
  const worker = runServer({ RUN: "worker", PORT: "1" });
  try {
    await expect.poll(worker.output, { timeout: 60_000 }).toContain("The worker runs.");
    const cookieOf = async ({ id }: { id: number }) => (await beginSession(id, { ip: "127.0.0.1", userAgent: "test" })).split(";")[0]!;
    const answer = await fetch(`${web.url}/t/${topic.slug}/${topic.id}`, { method: "POST", redirect: "manual", headers: { cookie: await cookieOf(author) }, body: new URLSearchParams({ body: "From the web", replyToNumber: "1" }) });
    expect(answer.status).toBe(302);
    const cookie = await cookieOf(reader);
    await expect.poll(async () => (await fetch(`${web.url}/notifications`, { headers: { cookie } })).text(), { timeout: 20_000 }).toContain("From the web");
    const ended = once(worker.child, "exit");
    worker.child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect((await fetch(web.url)).status).toBe(200);
  } finally {
    worker.child.kill("SIGKILL");
    await web.end();
  }
});

test("told to stop, it answers what it has begun, takes nothing new and ends well", { timeout: 90_000 }, async () => {
  const server = await startServer();
  expect((await fetch(`${server.url}/`)).status).toBe(200);
  const before = Date.now();
  expect(await server.end("SIGTERM")).toBe(0);
  // What hangs is cut off after twenty seconds.
  expect(Date.now() - before).toBeLessThan(18_000);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  expect(server.output()).not.toMatch(/error/i);
});

test("killed again and again amid replies, it loses none it has acknowledged and makes none twice", { timeout: 240_000 }, async () => {
  const [topic, ...writers] = [await make.topic(), await make.member(), await make.member(), await make.member(), await make.member()];
  const page = `/t/${topic.slug}/${topic.id}`;
  const cookies = await Promise.all(writers.map(async ({ id }) => (await beginSession(id, { ip: "127.0.0.1", userAgent: "test" })).split(";")[0]!));
  const acknowledged = new Set<string>();
  let server = await startServer();
  const { port } = new URL(server.url);
  let isOver = false;

  const writing = cookies.map(async (cookie, writer) => {
    for (let n = 0; !isOver; n++) {
      const [key, body] = [randomUUID(), `writer ${writer} reply ${n}`];
      // The same form again until it is answered, as a person would who saw no answer.
      while (!isOver) {
        const answer = await fetch(`http://localhost:${port}${page}`, {
          method: "POST", redirect: "manual", headers: { cookie }, body: new URLSearchParams({ key, body }), signal: AbortSignal.timeout(5000),
        }).catch(() => undefined);
        if (answer?.status === 302) {
          acknowledged.add(body);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  });
  for (let kill = 0; kill < 3; kill++) {
    const target = acknowledged.size + 15;
    await expect.poll(() => acknowledged.size, { timeout: 30_000, interval: 20 }).toBeGreaterThanOrEqual(target);
    await server.end("SIGKILL");
    server = await startServer({ port: Number(port) });
  }
  isOver = true;
  await Promise.all(writing);
  await server.end();

  const stored = await db.execute<{ text: string; count: number }>(sql`select trim(body_text) as text, count(*)::int as count from posts group by 1`);
  const counts = new Map(stored.map(({ text, count }) => [text, count]));
  expect([...acknowledged].filter((body) => !counts.has(body))).toEqual([]);
  expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
  const [wrong] = await db.execute<{ topics: number; members: number; gaps: number }>(sql`select
    (select count(*)::int from topics where post_count <> (select count(*) from posts where topic_id = topics.id)) as topics,
    (select count(*)::int from members where post_count <> (select count(*) from posts where author_id = members.id)) as members,
    (select count(*)::int from posts where number > (select count(*) from posts)) as gaps`);
  expect(wrong).toEqual({ topics: 0, members: 0, gaps: 0 });
  // Nothing has failed for good. Work that was asked for anew while a killed process held it is marked as tried often
  // enough, and has no error: what was asked for last is done in its place.
  expect(await db.execute(sql`select * from graphile_worker._private_jobs where attempts >= max_attempts and last_error is not null`)).toEqual([]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(45);
});

test("without its database it says so at once, and answers again by itself when it is back", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "wellspring-away-"));
  const before = process.env.DATA_DIR;
  process.env.DATA_DIR = folder;
  let database = await startEmbedded({ name: "away" });
  const databasePort = new URL(database.url).port;
  const server = await startServer({ DATABASE_URL: database.url, DEMO: "0" });
  try {
    expect((await fetch(server.url)).status).toBe(200);
    await database.stop();
    // The page that guests were given before is not given on: what was taken back meanwhile nobody could tell us.
    await expect.poll(async () => (await fetch(server.url)).status, { timeout: 5000 }).toBe(503);
    for (const path of ["/", "/latest.data", "/t/x/1", "/sign-in"]) {
      const start = Date.now();
      const answer = await fetch(server.url + path, { headers: { cookie: path === "/t/x/1" ? "wellspring=abc" : "" } });
      expect([path, answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([path, 503, true]);
      // Whoever waits for the database is answered so after eight seconds.
      expect(Date.now() - start).toBeLessThan(7500);
      expect(await answer.text()).not.toMatch(/ECONNREFUSED|CONNECTION_|\bselect\b[^-].*\bfrom\b|postgres|node_modules/i);
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ ready: false, database: false });

    database = await startEmbedded({ name: "away", settings: { port: databasePort } });
    await expect.poll(async () => (await fetch(server.url)).status, { timeout: 10_000, interval: 100 }).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(server.child.exitCode).toBeNull();
  } finally {
    await server.end();
    await database.stop().catch(() => {});
    if (before) process.env.DATA_DIR = before;
    else delete process.env.DATA_DIR;
    rmSync(folder, { recursive: true, force: true });
  }
});
