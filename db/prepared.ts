import { Column, fillPlaceholders, is, type SQL } from "drizzle-orm";
import type { PgDialect } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";
import { askAlone, askTogether, type Made } from "./ask-together.ts";
import type { Executor } from "./client.ts";

/** A select of Drizzle, as far as it is looked at here. */
type Select<Row> = { prepare: (name: string) => unknown; execute: () => Promise<Row[]> };
type Decoder = { mapFromDriverValue: (value: unknown) => unknown };
/** What Drizzle makes of a select before it asks. */
type Built = { queryString: string; params: unknown[]; fields: { path: string[]; field: Column | SQL }[]; joinsNotNullableMap?: Record<string, boolean> };
type Ask<Row> = (on: Executor, values: Record<string, unknown>) => Promise<Row[]>;

/**
 * A select for pages that many ask for: Drizzle builds its text once, and the database plans it once. What differs
 * from one time to the next stands in it as `sql.placeholder("name")` and is given when it is asked. Columns of a table
 * that was joined from the left must not be grouped under one name.
 *
 * Outside a transaction, all that a request asks in one moment goes to the database as one statement (ask-together.ts), so
 * it is for what is quickly found; for what may take long there is `preparedAlone`.
 */
export function prepared<Row>(build: () => Select<Row>): Ask<Row> {
  const ready = once(build);
  return async (on, values) => {
    const client = clientOf(on);
    const filled = fillPlaceholders(ready().params, values);
    return "begin" in client ? askTogether(client, ready(), filled) : askAlone(client, ready(), filled);
  };
}

/** The same for a select that is asked by itself: others do not wait for it. */
export function preparedAlone<Row>(build: () => Select<Row>): Ask<Row> {
  const ready = once(build);
  return async (on, values) => askAlone(clientOf(on), ready(), fillPlaceholders(ready().params, values));
}

/** The same for a statement written as `sql`: its columns come as the driver reads them, under their own names. */
export function preparedSql<Row>(build: () => SQL): (on: Executor, values: Record<string, unknown>) => Promise<Row[]> {
  let made: { sql: string; params: unknown[] } | undefined;
  return async (on, values) => {
    const { dialect, session } = on as unknown as { dialect: PgDialect; session: { client: Sql } };
    made ??= dialect.sqlToQuery(build());
    return (await session.client.unsafe(made.sql, fillPlaceholders(made.params, values) as never[], { prepare: true })) as unknown as Row[];
  };
}

/** One prepared statement for each of a few shapes that a question can have: the shape is all that its text depends on. */
export function preparedFor<Shape, Ask>(make: (shape: Shape) => Ask): (shape: Shape) => Ask {
  const made = new Map<string, Ask>();
  return (shape) => {
    const key = JSON.stringify(shape);
    let ask = made.get(key);
    if (!ask) made.set(key, (ask = make(shape)));
    return ask;
  };
}

function clientOf(on: Executor): Sql {
  return (on as unknown as { session: { client: Sql } }).session.client;
}

function once<Row>(build: () => Select<Row>): () => Made<Row> {
  let made: Made<Row> | undefined;
  return () => (made ??= make(build()));
}

let lastId = 0;

function make<Row>(select: Select<Row>): Made<Row> {
  const { queryString, params, fields } = select.prepare("made") as Built;
  const columns = fields.map(({ path: [first, second], field }) => {
    const decoder: Decoder = is(field, Column) ? field : (field as unknown as { decoder?: Decoder; sql?: { decoder: Decoder } }).decoder ?? (field as unknown as { sql: { decoder: Decoder } }).sql.decoder;
    return { first: first!, second, decode: (value: unknown) => (value === null ? null : decoder.mapFromDriverValue(value)) };
  });
  const read = (values: unknown[]) => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at++) {
      const { first, second, decode } = columns[at]!;
      if (second === undefined) row[first] = decode(values[at]);
      else ((row[first] ??= {}) as Record<string, unknown>)[second] = decode(values[at]);
    }
    return row as Row;
  };
  return { id: ++lastId, text: queryString, params, width: columns.length, read };
}
