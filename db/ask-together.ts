import type { Sql } from "postgres";
import { isDatabaseAway } from "./is-away.ts";

/** A select as the database is asked it, and what becomes of a row's values. */
export type Made<Row> = { id: number; text: string; params: unknown[]; width: number; read: (values: unknown[]) => Row };
type Waiting = { made: Made<unknown>; values: unknown[]; resolve: (rows: never[]) => void; reject: (error: unknown) => void };

/** How many different combinations are kept: each takes memory of every connection of the database. Rarer ones are asked one by one. */
const MOST_COMBINATIONS = 150;

const waiting = new Map<Sql, Waiting[]>();
const combinations = new Map<string, string>();

/**
 * Asks for one select together with all others of the same moment, as one statement of which each is a column: for both
 * sides most of a small question's cost is the way to the database, not the finding. They see one state of the data.
 *
 * Rows travel as JSON. Values come out as they do alone where Drizzle knows the column or it is text, boolean, int4 or
 * JSON; `sql<string>` of an int8 or a numeric would come as a number, so such a column is cast to text.
 */
export function askTogether<Row>(client: Sql, made: Made<Row>, values: unknown[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const ask = { made, values, resolve, reject } as unknown as Waiting;
    const others = waiting.get(client);
    if (others) return void others.push(ask);
    waiting.set(client, [ask]);
    // Runs when everything that was ready to go on has done so: the loaders of one page go on together.
    process.nextTick(send, client);
  });
}

function send(client: Sql): void {
  const asks = waiting.get(client)!;
  waiting.delete(client);
  // In one order, whoever came first, so that the same ones are the same statement.
  asks.sort((a, b) => a.made.id - b.made.id);
  const text = asks.length > 1 ? combined(asks.map(({ made }) => made)) : null;
  if (text === null) return asks.forEach((ask) => sendAlone(client, ask));
  client
    .unsafe(text, asks.flatMap(({ values }) => values) as never[], { prepare: true })
    .values()
    .then(
      ([row]) => asks.forEach((ask, at) => give(ask, row![at] as unknown[][])),
      // One of them cannot be answered: the others are not to suffer for it. Of a database that is away nobody asks again.
      (error) => asks.forEach((ask) => (isDatabaseAway(error) ? ask.reject(error) : sendAlone(client, ask))),
    );
}

function give({ made, resolve, reject }: Waiting, rows: unknown[][]): void {
  try {
    resolve(rows.map(made.read) as never[]);
  } catch (error) {
    reject(error);
  }
}

/** Asks for one select with its values filled in. */
export async function askAlone<Row>(client: Sql, { text, read }: Made<Row>, values: unknown[]): Promise<Row[]> {
  const rows = await client.unsafe(text, values as never[], { prepare: true }).values();
  return rows.map(read);
}

function sendAlone(client: Sql, { made, values, resolve, reject }: Waiting): void {
  askAlone(client, made, values).then((rows) => resolve(rows as never[]), reject);
}

/** The text for a combination; null where too many others are kept already. */
function combined(all: Made<unknown>[]): string | null {
  const key = all.map(({ id }) => id).join();
  const kept = combinations.get(key);
  if (kept !== undefined || combinations.size >= MOST_COMBINATIONS) return kept ?? null;
  let given = 0;
  const columns = all.map(({ text, params, width }) => {
    const names = Array.from({ length: width }, (_, at) => `c${at}`);
    const own = text.replace(/\$(\d+)/g, (_, number) => `$${Number(number) + given}`);
    given += params.length;
    // The order of a subselect is the order in which json_agg takes its rows.
    return `(select coalesce(json_agg(json_build_array(${names.map((name) => `r.${name}`).join()})), '[]') from (${own}) r (${names.join()}))`;
  });
  const text = `select ${columns.join(", ")}`;
  combinations.set(key, text);
  return text;
}
