import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { withAfterCommit } from "./after-commit.ts";
import { prepareOftenAsked } from "./prepare-often-asked.ts";
import * as schema from "./schema/index.ts";

function connect() {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. See README.md, Configuration.");
  const client = prepareOftenAsked(postgres(url, {
    max: 10,
    onnotice: () => {},
    connect_timeout: 4,
    // After a restart of the database we are back within a second of it.
    backoff: (failures) => Math.min(0.05 * 2 ** failures, 1),
    // What takes longer is a mistake, and would keep others waiting for a connection.
    connection: { statement_timeout: 20_000, idle_in_transaction_session_timeout: 60_000 },
  }));
  return withAfterCommit(drizzle({ client, schema, casing: "snake_case" }));
}

declare global {
  var wellspringDb: ReturnType<typeof connect> | undefined;
}

// Vite's server build and the worker each load their own copy of this module; they share one pool.
export const db = (globalThis.wellspringDb ??= connect());

export type Db = typeof db;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** The pool, or a transaction on it. Reads take one, so that they can join the caller's transaction. */
export type Executor = Db | Tx;
