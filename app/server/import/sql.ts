import { sql, type SQL } from "drizzle-orm";

/** Rows handed to a statement as one value, however many, as a table to be named there: `columns` is their shape, such as `id text, at timestamptz`. */
export function rowsOf(rows: Record<string, unknown>[], columns: string): SQL {
  return sql`(select * from jsonb_to_recordset(${JSON.stringify(rows).replaceAll("\\u0000", "")}::jsonb) as read_rows(${sql.raw(columns)}))`;
}

/** A short name-safe form of an external id, to tell people of the same name apart. */
export function keyOf(externalId: string): string {
  return externalId.replace(/[^0-9a-z]/gi, "").slice(-8) || "0";
}
