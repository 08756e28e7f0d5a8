import postgres from "postgres";
import { isDatabaseAway } from "./is-away.ts";

const PATIENCE_SECONDS = 30;

/** No database answers at DATABASE_URL. `message` is one sentence, without the password in the address. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

/**
 * Waits until a database answers: beside us in a container it may still be starting.
 *
 * @throws DatabaseUnreachableError when it does not within half a minute, or refuses us
 */
export async function waitForDatabase(url: string): Promise<void> {
  const until = Date.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const connection = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await connection`select 1`;
      return;
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > until) {
        const { host, pathname } = new URL(url);
        throw new DatabaseUnreachableError(`The setting DATABASE_URL leads to no database we can use: ${host}${pathname} says "${(error as Error).message}".`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      await connection.end({ timeout: 1 }).catch(() => {});
    }
  }
}
