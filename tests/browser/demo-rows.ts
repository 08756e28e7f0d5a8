import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { expect } from "vitest";

// The demo takes seconds to be written and to be read for insights: it is made once in a run, and copied from there on.

type Kept = { tables: string[]; sequences: { name: string; last: string }[] };

/** Waits until everything that begins with the demo has been worked off, and keeps all rows: the server in its own folder, their list in ours. */
export async function keepRows(folder: string): Promise<void> {
  await connected(async (sql) => {
    const due = async () => (await sql`select count(*)::int as n from graphile_worker._private_jobs where run_at <= now()`)[0]!.n as number;
    await expect.poll(due, { timeout: 60_000, interval: 200, message: "work of the demo" }).toBe(0);
    const kept = await sql.begin("isolation level repeatable read", async (sql): Promise<Kept> => {
      const all = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'database_programs'`;
      const tables: string[] = [];
      for (const { name } of all) if ((await sql`select from ${sql(name)} limit 1`).length > 0) tables.push(name);
      for (const name of tables) await sql`copy ${sql(name)} to ${sql.unsafe(`'${await fileOf(sql, name)}'`)}`;
      return { tables, sequences: await sql<Kept["sequences"]>`select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null` };
    });
    writeFileSync(path.join(folder, "kept.json"), JSON.stringify(kept));
  });
}

/** Fills this file's database with the rows that were kept; false when there are none yet. */
export async function takeRows(folder: string): Promise<boolean> {
  const list = path.join(folder, "kept.json");
  if (!existsSync(list)) return false;
  const { tables, sequences } = JSON.parse(readFileSync(list, "utf8")) as Kept;
  await connected(async (sql) => {
    await sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      for (const name of tables) {
        await sql`delete from ${sql(name)}`;
        await sql`copy ${sql(name)} from ${sql.unsafe(`'${await fileOf(sql, name)}'`)}`;
      }
      for (const { name, last } of sequences) await sql`select setval(${`public.${name}`}::regclass, ${last}::bigint)`;
    });
    await sql`analyze`;
  });
  return true;
}

const fileOf = async (sql: Sql | postgres.TransactionSql, name: string) => `${(await sql`show data_directory`)[0]!.data_directory as string}/demo-${name}`;

async function connected(work: (sql: Sql) => Promise<void>): Promise<void> {
  const sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
