import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { buildIfStale } from "#app/server/build.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
    /** Where the browser tests of this run keep the demo, once one of them has made it. */
    demoFolder: string;
  }
}

/** Starts a server for tests and builds one migrated database per run; each test worker copies it. */
export default async function setup({ provide }: TestProject) {
  // `TEST_BUILD=off` leaves the pages as they were built last, for tests that ask for none.
  if (process.env.TEST_BUILD !== "off") buildIfStale();
  // Speed for safety: a test's data need not outlive a power cut. Nothing is cleared away amid a test, which would change
  // where the next rows lie.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" };
  const server = await startEmbedded({ name: "test", settings });

  const admin = postgres(server.url, { max: 1, onnotice: () => {}, idle_timeout: 0, max_lifetime: null });
  // Held for the whole run: a second run in the same folder waits its turn.
  await admin`select pg_advisory_lock(hashtext('wellspring.test'))`;
  await admin`drop database if exists wellspring_template with (force)`;
  await admin`create database wellspring_template`;
  const template = server.url.replace(/postgres$/, "wellspring_template");
  await migrate(template);
  await beginNumbersLate(template);

  provide("serverUrl", server.url);
  const demoFolder = mkdtempSync(path.join(tmpdir(), "wellspring-demo-"));
  provide("demoFolder", demoFolder);
  return async () => {
    rmSync(demoFolder, { recursive: true, force: true });
    await admin.end();
    await server.stop();
  };
}

/** All numbers of rows have five digits: sorted as words they stand as they do sorted as numbers, and none is a count on a page. */
async function beginNumbersLate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`select setval(format('%I.%I', schemaname, sequencename)::regclass, 10000) from pg_sequences where schemaname = 'public'`;
  await sql.end();
}
