import { sql } from "drizzle-orm";
import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/**
 * The number a row is known by, also in addresses. Given by the database, though an import
 * may bring its own. Safe as a JavaScript number up to 2^53.
 */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity();

/** A column holding another row's id. */
export const idOf = () => bigint({ mode: "number" });

/** A moment, in UTC. */
export const moment = () => timestamp({ withTimezone: true, mode: "date" });

/** When the row came to be. */
export const createdAt = () => moment().notNull().defaultNow();

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const now = sql`now()`;
