import { execFileSync } from "node:child_process";
import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beginSession } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { make } from "#tests/support/make.ts";
import { runServer, startServer, type ServerProcess } from "#tests/support/server-process.ts";

// One start that brings up two processes for pages: WEB_PROCESSES=2.
let community: ServerProcess;
beforeAll(async () => void (community = await startServer({ WEB_PROCESSES: 2 })), 120_000);
afterAll(() => community?.end("SIGKILL"));

const makers = () => execFileSync("pgrep", ["-P", String(community.child.pid), "node"]).toString().trim().split("\n").map(Number);
const cookieOf = async ({ id }: Pick<Member, "id">) => (await beginSession(id, { userAgent: "a test", ip: "127.0.0.1" })).split(";")[0]!;
const statusOf = (path: string, init?: RequestInit) => fetch(community.url + path, { redirect: "manual", ...init, headers: { connection: "close", ...init?.headers } }).then((answer) => answer.status);

test.each(["websocket", "polling"] as const)("a reply taken by any of the processes is heard at once by a reader who came by %s", { timeout: 60_000 }, async (transport) => {
  const [author, reader] = [await make.member(), await make.member()];
  const topic = await make.topic({ authorId: reader.id });
  await make.post({ topicId: topic.id, authorId: reader.id });
  const socket = io(community.url, { extraHeaders: { cookie: await cookieOf(reader) }, transports: [transport], forceNew: true });
  const heard: unknown[] = [];
  socket.on("topic.changed", (state) => heard.push(state));
  try {
    const joined = await new Promise<{ ok: boolean }>((resolve) => socket.emit("room.join", { room: `topic:${topic.id}` }, resolve));
    expect(joined.ok).toBe(true);
    const body = () => new URLSearchParams({ body: "Said in one of two" });
    expect(await statusOf(`/t/${topic.slug}/${topic.id}`, { method: "POST", headers: { cookie: await cookieOf(author) }, body: body() })).toBe(302);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(0);
  } finally {
    socket.disconnect();
  }
});

test("of two hundred readers who come at once everyone is let in", { timeout: 60_000 }, async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const sockets = Array.from({ length: 200 }, () => io(community.url, { transports: ["websocket"], forceNew: true, reconnection: false }));
  try {
    const joined = await Promise.all(sockets.map((socket) => socket.timeout(30_000).emitWithAck("room.join", { room: `topic:${topic.id}` }).then(({ ok }: { ok: boolean }) => ok, () => false)));
    expect(joined.filter(Boolean)).toHaveLength(200);
  } finally {
    for (const socket of sockets) socket.disconnect();
  }
});

test("a handshake begun by a page of another site is refused in every process", async () => {
  for (let attempt = 0; attempt < 4; attempt++) {
    expect(await statusOf("/socket.io/?EIO=4&transport=polling", { headers: { origin: "https://elsewhere.example" } })).toBe(403);
  }
});

test("attempts are counted over all processes", { timeout: 60_000 }, async () => {
  const guess = () => statusOf("/sign-in", { method: "POST", body: new URLSearchParams({ login: "grete", password: "a wrong one" }) });
  let allowed = 0;
  while (allowed < 100 && (await guess()) !== 429) allowed++;
  expect(allowed).toBeLessThan(100);
  // Connections are dealt out in turn: whichever process takes it, the answer is no.
  expect([await guess(), await guess(), await guess(), await guess()]).toEqual([429, 429, 429, 429]);
});

test("when a process for pages is killed the others answer, and another takes its place", { timeout: 60_000 }, async () => {
  const before = makers();
  expect(before).toHaveLength(2);
  process.kill(before[0]!, "SIGKILL");
  await expect.poll(() => makers().filter((pid) => !before.includes(pid)).length, { timeout: 30_000 }).toBe(1);
  await expect.poll(() => statusOf("/"), { timeout: 30_000 }).toBe(200);
  await expect.poll(() => community.output(), { timeout: 30_000 }).toContain("another takes its place");
});

test("a port that is taken ends the start with a sentence", { timeout: 60_000 }, async () => {
  const { child, output } = runServer({ WEB_PROCESSES: "2", PORT: new URL(community.url).port, RUN: "web" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(code).toBe(1);
  expect(output()).toContain("is taken by another program");
});

test("processes for pages end with the one that started them, however it ends", { timeout: 90_000 }, async () => {
  const pids = makers();
  const alive = () => pids.filter((pid) => isAlive(pid));
  expect(alive()).toHaveLength(2);
  await community.end("SIGKILL");
  await expect.poll(alive, { timeout: 20_000 }).toEqual([]);

  community = await startServer({ WEB_PROCESSES: 2 });
  const fresh = makers();
  expect(await community.end("SIGTERM")).toBe(0);
  expect(fresh.filter(isAlive)).toEqual([]);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
