import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "#db/client.ts";

const AT_ONCE = 500;

/** Inserts any number of rows, a few hundred with each statement. Answers them in the order given. */
export async function insertAll<Table extends PgTable>(tx: Tx, table: Table, rows: Table["$inferInsert"][]): Promise<Table["$inferSelect"][]> {
  const inserted: Table["$inferSelect"][] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    inserted.push(...((await tx.insert(table).values(rows.slice(at, at + AT_ONCE)).returning()) as Table["$inferSelect"][]));
  }
  return inserted;
}
