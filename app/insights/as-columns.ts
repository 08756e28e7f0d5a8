import { sql, type SQL } from "drizzle-orm";

/** What stands in a column while it is on its way; casts to other types are the statement's. */
type Kind = "bigint" | "int" | "real" | "text";

/**
 * Rows as a table `x` for a statement that takes many at once, with their place in `n`: column by column, which the
 * database reads some five times as fast as the same rows in JSON.
 */
export function asColumns<Row, Name extends string & keyof Row>(rows: Row[], kinds: { [name in Name]: Kind }): SQL {
  const names = Object.keys(kinds) as Name[];
  const columns = names.map((name) => sql`${sql.param(rows.map((row) => row[name]))}::${sql.raw(kinds[name])}[]`);
  return sql`unnest(${sql.join(columns, sql`, `)}) with ordinality as x(${sql.join([...names, "n"].map((name) => sql.identifier(name)), sql`, `)})`;
}
