import type { Meilisearch } from "meilisearch";
import postgres from "postgres";
import { meiliClient, type MeiliSettings } from "./meilisearch-client.ts";
import { sendDue, settleSent } from "./outbox.ts";
import { liveIndex, rebuildIndex } from "./rebuild.ts";
import { settingsHash } from "./settings.ts";
import { keepSynonyms } from "./synonyms.ts";

/** How often the outbox is looked at, in milliseconds: changes of one second travel together. */
const PAUSE = 1000;

/** Held by the one process that tells Meilisearch of changes. */
export const SYNC_LOCK = "wellspring.search-sync";

type Report = (problem: string) => void;

/**
 * One round of keeping Meilisearch like Postgres: an index that is missing, wiped, made with other settings or asked for
 * anew is built; what was sent is settled; what is due is sent.
 */
export async function syncOnce(client: Meilisearch): Promise<{ sent: number }> {
  const live = await liveIndex();
  const isGone = live ? await isWiped(client, live.liveUid) : true;
  if (isGone || live!.settingsHash !== settingsHash()) {
    const meanwhile = async () => void (live && !isGone && (await settleSent(client), await sendDue(client, live.liveUid)));
    await rebuildIndex(client, { meanwhile });
  }
  await keepSynonyms(client);
  await settleSent(client);
  const { liveUid } = (await liveIndex())!;
  return { sent: await sendDue(client, liveUid) };
}

/** Keeps on until told to stop. Of several processes one does the work: whoever holds the lock. */
export function startSearchSync(databaseUrl: string, settings: MeiliSettings, report: Report): () => Promise<void> {
  const client = meiliClient(settings);
  const lock = postgres(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {}, connection: { application_name: "search sync" } });
  let isStopping = false;
  let failures = 0;
  let wake: () => void = () => {};
  const rest = (milliseconds: number) => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => (clearTimeout(timer), resolve());
  });
  const running = (async () => {
    while (!isStopping) {
      try {
        const [held] = await lock<{ held: boolean }[]>`select pg_try_advisory_lock(hashtext(${SYNC_LOCK})) as held`;
        const { sent } = held?.held ? await syncOnce(client) : { sent: 0 };
        failures = 0;
        await rest(sent > 0 ? PAUSE / 4 : PAUSE);
      } catch (error) {
        failures++;
        if (failures === 1 || failures % 20 === 0) report(error instanceof Error ? error.message : String(error));
        await rest(Math.min(30_000, PAUSE * 2 ** Math.min(failures, 5)));
      }
    }
  })();
  return async () => {
    isStopping = true;
    wake();
    await running;
    await lock.end({ timeout: 2 });
  };
}

async function isWiped(client: Meilisearch, uid: string): Promise<boolean> {
  try {
    await client.getRawIndex(uid);
    return false;
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === "index_not_found") return true;
    throw error;
  }
}
