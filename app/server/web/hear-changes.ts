import pg from "pg";
import { log } from "#app/core/log.ts";
import { PAGES_CHANNEL } from "#app/core/page-tags.ts";

type Hears = { onTags: (tags: string[]) => void; onHearing: () => void; onDeaf: () => void };

const PROBE_SECONDS = 5;
const RETRY_MS = 500;

/**
 * Hears, on a connection of its own, which pages a change has made old. When the connection is lost, or the database
 * no longer answers on it, changes may be missed: `onDeaf` says so, and `onHearing` that it is over.
 */
export async function hearChanges({ onTags, onHearing, onDeaf }: Hears): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let isOver = false;
  let retry: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const fresh = new pg.Client({ connectionString: process.env.DATABASE_URL, application_name: "pages", keepAlive: true, connectionTimeoutMillis: 3000, query_timeout: 3000 });
    const lost = (): void => {
      if (client !== fresh) return;
      client = undefined;
      onDeaf();
      fresh.end().catch(() => {});
      if (!isOver) retry = setTimeout(() => void listen(), RETRY_MS);
    };
    client = fresh;
    fresh.on("error", lost).on("end", lost);
    fresh.on("notification", ({ payload }) => onTags((payload ?? "").split(" ")));
    try {
      await fresh.connect();
      await fresh.query(`listen ${PAGES_CHANNEL}`);
      if (client === fresh) onHearing();
    } catch (error) {
      log.debug({ err: error }, "the database cannot be heard");
      lost();
    }
  }

  const probe = setInterval(() => {
    const asked = client;
    // A connection that died without a word, as behind a firewall, is found out here.
    asked?.query("select 1").catch(() => asked.emit("end"));
  }, PROBE_SECONDS * 1000).unref();

  await listen();
  return async () => {
    isOver = true;
    clearInterval(probe);
    clearTimeout(retry);
    const last = client;
    client = undefined;
    await last?.end().catch(() => {});
  };
}
