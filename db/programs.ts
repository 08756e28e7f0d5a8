import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Sql } from "postgres";

const folder = path.join(import.meta.dirname, "programs");

/**
 * Brings the database's own functions and triggers up to date: each file of db/programs that changed since this
 * database last saw it is run again, whole, in a transaction of its own.
 */
export async function updatePrograms(connection: Sql): Promise<void> {
  for (const name of readdirSync(folder).sort()) {
    const program = readFileSync(path.join(folder, name), "utf8");
    const hash = createHash("sha256").update(program).digest("hex");
    await connection.begin(async (tx) => {
      const [held] = await tx`select from database_programs where name = ${name} and hash = ${hash}`;
      if (held) return;
      await tx.unsafe(program);
      await tx`insert into database_programs (name, hash) values (${name}, ${hash}) on conflict (name) do update set hash = excluded.hash`;
    });
  }
}
