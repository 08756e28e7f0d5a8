import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beginSession } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { make } from "#tests/support/make.ts";
import { hasRedis, makeRedis } from "#tests/support/redis-process.ts";
import { startServer, type ServerProcess } from "#tests/support/server-process.ts";

// Two processes of the product that share a database and a Redis, as an operator would run them.
let redis: Awaited<ReturnType<typeof makeRedis>>;
let [one, other]: ServerProcess[] = [];

beforeAll(async () => {
  if (!hasRedis) return;
  redis = await makeRedis();
  one = await startServer({ REDIS_URL: redis.url });
  other = await startServer({ REDIS_URL: redis.url, RUN: "web" });
}, 120_000);

afterAll(async () => {
  await Promise.all([one?.end("SIGKILL"), other?.end("SIGKILL")]);
  await redis?.end();
});

test.skipIf(!hasRedis)("attempts are counted over both processes, and while Redis is away in each", { timeout: 120_000 }, async () => {
  const guess = async ({ url }: ServerProcess) => (await fetch(`${url}/sign-in`, { method: "POST", redirect: "manual", body: new URLSearchParams({ login: "grete", password: "a wrong one" }) })).status;
  const untilRefused = async (servers: ServerProcess[]) => {
    for (let attempt = 0; attempt < 200; attempt++) if ((await guess(servers[attempt % servers.length]!)) === 429) return attempt;
    return null;
  };

  const shared = await untilRefused([one!, other!]);
  expect(shared).not.toBeNull();
  // Whoever is stopped at one door is stopped at the next.
  expect(await guess(one!)).toBe(429);
  expect(await guess(other!)).toBe(429);

  await redis.kill();
  expect((await fetch(other!.url)).status).toBe(200);
  // A limit is never simply off: each counts for itself from the beginning, until it refuses.
  await expect.poll(() => untilRefused([other!]), { timeout: 30_000 }).not.toBeNull();
  await redis.start();
});

test.skipIf(!hasRedis)("a reply taken in by one process is heard by a reader on the other, also after Redis was gone for a while", { timeout: 120_000 }, async () => {
  const [author, reader] = [await make.member(), await make.member()];
  const topic = await make.topic({ authorId: reader.id });
  await make.post({ topicId: topic.id, authorId: reader.id });
  const reply = async (words: string) =>
    (await fetch(`${one!.url}/t/${topic.slug}/${topic.id}`, { method: "POST", redirect: "manual", headers: { cookie: await cookieOf(author) }, body: new URLSearchParams({ body: words }) })).status;
  const socket = io(other!.url, { extraHeaders: { cookie: await cookieOf(reader) }, transports: ["websocket"], forceNew: true });
  const heard: unknown[] = [];
  socket.onAny((message: string) => heard.push(message));
  try {
    const joined = await new Promise<{ ok: boolean }>((resolve) => socket.emit("room.join", { room: `topic:${topic.id}` }, resolve));
    expect(joined.ok).toBe(true);
    expect(await reply("Over Redis")).toBe(302);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(0);

    await redis.kill();
    // Posting needs no Redis.
    expect(await reply("While it is away")).toBe(302);
    await redis.start();
    const before = heard.length;
    // What was missed is asked for on joining again; from now on it is heard again.
    await expect.poll(async () => (await reply(`Back again ${Date.now()}`), heard.length), { timeout: 60_000, interval: 2000 }).toBeGreaterThan(before);
  } finally {
    socket.disconnect();
  }
});

async function cookieOf({ id }: Member): Promise<string> {
  return (await beginSession(id, { ip: "127.0.0.1", userAgent: "test" })).split(";")[0]!;
}
