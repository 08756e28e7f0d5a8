import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { startEmbedded } from "#db/embedded.ts";

const folder = mkdtempSync(path.join(tmpdir(), "community-"));
process.env.DATA_DIR = folder;
afterAll(() => {
  delete process.env.DATA_DIR;
  rmSync(folder, { recursive: true });
});

const note = path.join(folder, "postgres", "postmaster.pid");
const serverPid = () => Number(readFileSync(note, "utf8").split("\n")[0]);

async function ask(url: string, query: string) {
  const connection = postgres(url, { max: 1, idle_timeout: 0 });
  return connection.unsafe(query).finally(() => connection.end());
}

test("a server killed with all its processes keeps what was committed", { timeout: 30_000 }, async () => {
  const first = await startEmbedded();
  expect((await ask(first.url, "show server_version"))[0]!.server_version).toMatch(/^18\./);
  await ask(first.url, "create table kept as select 1 as value");
  const killed = serverPid();
  process.kill(killed, "SIGKILL");
  await expect.poll(() => ask(first.url, "select 1").then(() => "up", () => "down")).toBe("down");

  const second = await startEmbedded();
  expect(await ask(second.url, "select value from kept")).toEqual([{ value: 1 }]);
  expect(serverPid()).not.toBe(killed);
  await second.stop();
});

test("a note left behind that now names another process does not keep it from starting", { timeout: 30_000 }, async () => {
  writeFileSync(note, `${process.pid}\n${folder}/postgres\n1\n1\n\n127.0.0.1\n1 1\nready\n`);
  const server = await startEmbedded();
  expect(serverPid()).not.toBe(process.pid);
  await server.stop();
});

test("a second process joins the server, and the last to leave stops it", { timeout: 30_000 }, async () => {
  const [first, pid] = [await startEmbedded(), serverPid()];
  const second = await startEmbedded();
  expect([second.url, serverPid()]).toEqual([first.url, pid]);

  await first.stop();
  expect(await ask(second.url, "select value from kept")).toEqual([{ value: 1 }]);
  await second.stop();
  expect(existsSync(note)).toBe(false);
});
