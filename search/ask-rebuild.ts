import postgres from "postgres";
import type { MeiliSettings } from "./meilisearch-client.ts";
import { meiliClient } from "./meilisearch-client.ts";
import { liveIndex, rebuildIndex } from "./rebuild.ts";
import { settleSent, sendDue } from "./outbox.ts";
import { SYNC_LOCK } from "./sync.ts";

/** How often it is looked whether the running community has switched, in milliseconds. */
const LOOK_EVERY = 1000;

/**
 * Has everything indexed anew. A running community does it itself, being asked by a row in the database: two that write
 * to Meilisearch would undo each other's work. Where none runs, it is done here. Answers the name of the new index.
 */
export async function askForRebuild(databaseUrl: string, settings: MeiliSettings, report: (line: string) => void): Promise<string> {
  const lock = postgres(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  try {
    const [mine] = await lock<{ held: boolean }[]>`select pg_try_advisory_lock(hashtext(${SYNC_LOCK})) as held`;
    const before = await liveIndex();
    if (mine!.held) {
      const client = meiliClient(settings);
      const meanwhile = async () => void (before && (await settleSent(client), await sendDue(client, before.liveUid)));
      const { uid, documents } = await rebuildIndex(client, { meanwhile, progress: (count) => report(`${count} documents`) });
      report(`${documents} documents are in the new index.`);
      return uid;
    }
    report("The running community is asked to do it.");
    await lock`update search_indexes set settings_hash = 'asked anew' where name = 'content'`;
    for (;;) {
      const live = await liveIndex();
      if (live && live.liveUid !== before?.liveUid) return live.liveUid;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
  } finally {
    await lock.end({ timeout: 2 });
  }
}
