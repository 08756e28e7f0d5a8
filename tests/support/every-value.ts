import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";

/**
 * Where a word stands in the database, whatever holds it: each row of each table of each schema that is ours, the queue's
 * too, as text, and what Postgres sampled of its values. Bytes are read as letters. Answers `schema.table` of each.
 */
export async function placesOf(word: string): Promise<string[]> {
  const tables = await db.execute<{ schema: string; name: string }>(sql`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [table, bytes] = [sql`${sql.identifier(schema)}.${sql.identifier(name)}`, await bytesOf(schema, name)];
    const all = sql.join([sql`strpos(lower(row_to_json(one)::text), ${word}) > 0`, sql`strpos(lower(one::text), ${word}) > 0`, ...bytes.map((column) => sql`position(convert_to(${word}, 'UTF8') in one.${sql.identifier(column)}) > 0`)], sql` or `);
    const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from ${table} one where ${all}`);
    if (row!.count > 0) found.push(`${schema}.${name}`);
  }
  const sampled = await db.execute<{ name: string }>(sql`
    select schemaname || '.' || tablename || '.' || attname as name from pg_stats
    where strpos(lower(concat_ws(' ', most_common_vals::text, histogram_bounds::text, most_common_elems::text)), ${word}) > 0`);
  return [...found, ...sampled.map(({ name }) => `pg_stats of ${name}`)].sort();
}

async function bytesOf(schema: string, table: string): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`select column_name as name from information_schema.columns where table_schema = ${schema} and table_name = ${table} and data_type = 'bytea'`);
  return rows.map(({ name }) => name);
}
