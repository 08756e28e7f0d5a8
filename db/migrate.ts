import { drizzle } from "drizzle-orm/postgres-js";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as migrateSchema } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import path from "node:path";
import postgres from "postgres";
import { updatePrograms } from "./programs.ts";

const migrationsFolder = path.join(import.meta.dirname, "migrations");

/** A database whose tables were made by other steps than ours. The message says so to whoever starts us. */
export class ForeignSchemaError extends Error {
  override name = "ForeignSchemaError";
}

/**
 * Brings a database up to date: our tables, then our functions, then the work queue's own. Processes that start together
 * take turns.
 *
 * @throws ForeignSchemaError for one that cannot be brought up to date, before anything in it is touched
 */
export async function migrate(url: string): Promise<void> {
  const connection = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await connection`select pg_advisory_lock(hashtext('wellspring.migrate'))`;
    await checkHistory(connection);
    await migrateSchema(drizzle({ client: connection }), { migrationsFolder });
    await updatePrograms(connection);
    await runMigrations({ connectionString: url });
  } finally {
    await connection.end();
  }
}

/** Steps that are newer than ours are well: a new version may have started beside us, and we must still run. */
async function checkHistory(connection: postgres.Sql): Promise<void> {
  const [{ known } = { known: null }] = await connection<{ known: string | null }[]>`select to_regclass('drizzle.__drizzle_migrations')::text as known`;
  if (!known) return;
  const ours = readMigrationFiles({ migrationsFolder });
  const newest = Math.max(...ours.map(({ folderMillis }) => folderMillis));
  const applied = await connection<{ hash: string; madeAt: string }[]>`select hash, created_at as "madeAt" from drizzle.__drizzle_migrations`;
  const foreign = applied.filter(({ hash, madeAt }) => Number(madeAt) <= newest && !ours.some((step) => step.hash === hash));
  if (foreign.length > 0) {
    throw new ForeignSchemaError("The database was made by a version of Wellspring that this one cannot bring up to date: start with an empty one, by another DATA_DIR or DATABASE_URL, or run the version that made it.");
  }
}
