import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migrateSchema } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import path from "node:path";
import postgres from "postgres";
import { updatePrograms } from "./programs.ts";

/** Brings a database up to date: our tables, then our functions, then the work queue's own. Processes that start together take turns. */
export async function migrate(url: string): Promise<void> {
  const connection = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await connection`select pg_advisory_lock(hashtext('wellspring.migrate'))`;
    await migrateSchema(drizzle({ client: connection }), {
      migrationsFolder: path.join(import.meta.dirname, "migrations"),
    });
    await updatePrograms(connection);
    await runMigrations({ connectionString: url });
  } finally {
    await connection.end();
  }
}
