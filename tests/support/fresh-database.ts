import fc from "fast-check";
import postgres from "postgres";
import { beforeEach, inject } from "vitest";

type Kept = { name: string; environment: NodeJS.ProcessEnv; config?: object };
// What lasts as long as this process, which takes several test files one after the other: see runner.ts.
const world = globalThis as { wellspringTests?: Kept; wellspring?: Map<string, unknown>; keepsCommunity?: boolean };
world.wellspringTests ??= await begin();
const { environment } = world.wellspringTests;

// What judges a commit is the same for the same commit; everywhere else, each run tries inputs that were not tried before.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });

// The file before may have left settings behind.
for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
Object.assign(process.env, environment);
world.keepsCommunity = false;

/** A database for this worker, and its settings. */
async function begin(): Promise<Kept> {
  const url = new URL(inject("serverUrl"));
  const name = `wellspring_test_${process.env.VITEST_POOL_ID}`;
  const admin = postgres(url.href, { max: 1, onnotice: () => {} });
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.unsafe(`create database ${name} template wellspring_template`);
  await admin.end();

  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
  // Vitest sets this to "/", which is no address of ours.
  delete process.env.BASE_URL;
  // A real Meilisearch is for the contract of search alone; all else is tested without one.
  process.env.MEILI_TEST_URL ??= process.env.MEILI_URL ?? "";
  process.env.MEILI_TEST_KEY ??= process.env.MEILI_KEY ?? "";
  delete process.env.MEILI_URL;
  return { name, environment: { ...process.env } };
}

// Imported after DATABASE_URL is set, because it connects on import.
const { db } = await import("#db/client.ts");
const { config } = await import("#app/core/config.ts");
Object.assign(config, world.wellspringTests.config);

const tables = await db.execute<{ name: string }>(
  `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
   where (schemaname = 'public' and tablename <> 'database_programs') or (schemaname = 'graphile_worker' and tablename = '_private_jobs')`,
);
const findFilled = tables.map(({ name }) => `select '${name}' as name where exists (select from ${name})`).join(" union all ");

const isFirst = world.wellspringTests.config === undefined;
world.wellspringTests.config ??= { ...config };
// Rows are to lie in the order in which they are made, as in a new database: nothing is left of those of the files before.
if (!isFirst) {
  await empty();
  const used = await db.execute<{ name: string }>(`select name from unnest(array[${tables.map(({ name }) => `'${name}'`).join()}]) as name where pg_relation_size(name::regclass) > 0`);
  if (used.length > 0) await db.execute(`vacuum ${used.map(({ name }) => name).join()}`);
}

// Deleted without checking references, because everything goes: truncating forty tables takes a third of a second.
async function empty(): Promise<void> {
  const filled = await db.execute<{ name: string }>(findFilled);
  if (filled.length === 0) return;
  await db.transaction(async (tx) => {
    await tx.execute("set local session_replication_role = replica");
    for (const { name } of filled) await tx.execute(`delete from ${name}`);
  });
}

beforeEach(async () => {
  // A browser's journeys share one community: see browser/open-browser.ts.
  if (!world.keepsCommunity) await empty();
});

// Each test begins with all its attempts.
beforeEach(() => {
  for (const name of world.wellspring?.keys() ?? []) if (name.startsWith("limit:")) world.wellspring!.delete(name);
});
