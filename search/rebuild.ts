import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { EnqueuedTask, Meilisearch } from "meilisearch";
import { db } from "#db/client.ts";
import type { SearchDocument } from "./document.ts";
import { postDocuments } from "./documents/post.ts";
import { INDEX_PREFIX } from "./meilisearch-client.ts";
import { contentSettings, settingsHash } from "./settings.ts";

const BATCH = 2000;
/** How long one task of a rebuild may take before the rebuild is given up, in milliseconds. */
const TASK_PATIENCE = 10 * 60_000;

type Progress = (documents: number) => void;

/**
 * Fills a new index with everything and switches to it: there is no moment without a full one. What changes meanwhile
 * is caught up by its version before the switch, and by the outbox after it. The old index goes last.
 *
 * @throws Error naming the task that failed; the live index is then untouched
 */
export async function rebuildIndex(client: Meilisearch, progress: Progress = () => {}): Promise<{ uid: string; documents: number }> {
  const before = await liveIndex();
  const uid = `${INDEX_PREFIX}_${settingsHash()}_${randomBytes(4).toString("hex")}`;
  await done(client, await client.createIndex(uid, { primaryKey: "id" }));
  await done(client, await client.index(uid).updateSettings(contentSettings));

  // From now on every change is noted, also before there is a live index to note it for.
  await noteChanges(uid, before);
  const [start] = await db.execute<{ version: number }>(sql`select nextval('search_versions')::int as version`);
  const documents = await fill(client, uid, progress);
  await catchUp(client, uid, start!.version);

  await db.execute(sql`
    insert into search_indexes (name, live_uid, settings_hash) values ('content', ${uid}, ${settingsHash()})
    on conflict (name) do update set live_uid = excluded.live_uid, settings_hash = excluded.settings_hash, switched_at = now()`);
  // Tasks of the old index tell nothing of the new one: whatever waits is sent again.
  await db.execute(sql`update search_outbox set task_uid = null, sent_version = null, due_at = now() where task_uid is not null`);
  if (before && before.liveUid !== uid) await client.deleteIndexIfExists(before.liveUid);
  return { uid, documents };
}

/** The index that is asked and told now; null before the first one is filled. */
export async function liveIndex(): Promise<{ liveUid: string; settingsHash: string } | null> {
  const [row] = await db.execute<{ liveUid: string; settingsHash: string }>(
    sql`select live_uid as "liveUid", settings_hash as "settingsHash" from search_indexes where name = 'content' and live_uid <> ''`,
  );
  return row ?? null;
}

async function noteChanges(uid: string, before: { liveUid: string } | null): Promise<void> {
  if (!before) await db.execute(sql`insert into search_indexes (name, live_uid, settings_hash) values ('content', '', ${`filling ${uid}`.slice(0, 80)}) on conflict do nothing`);
}

async function fill(client: Meilisearch, uid: string, progress: Progress): Promise<number> {
  let after = 0;
  let total = 0;
  for (;;) {
    const rows = await db.execute<{ id: number }>(sql`select source_id::int as id from search_documents where source = 'post' and source_id > ${after} order by source_id limit ${BATCH}`);
    if (rows.length === 0) return total;
    total += await put(client, uid, rows.map(({ id }) => id));
    after = rows.at(-1)!.id;
    progress(total);
  }
}

/** Sends again what changed since, until a round finds little. */
async function catchUp(client: Meilisearch, uid: string, since: number): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const rows = await db.execute<{ id: number; version: number }>(
      sql`select source_id::int as id, version::int as version from search_documents where source = 'post' and version > ${since} order by version limit ${BATCH}`,
    );
    if (rows.length === 0) return;
    await put(client, uid, rows.map(({ id }) => id));
    since = rows.at(-1)!.version;
  }
}

/** One request and its task. A document that the server will not take must not stop the others: it is left to the outbox. */
async function put(client: Meilisearch, uid: string, ids: number[]): Promise<number> {
  const documents = await postDocuments(db, ids);
  if (documents.length === 0) return 0;
  const task = await client.index<SearchDocument>(uid).addDocuments(documents, { primaryKey: "id" });
  try {
    await done(client, task);
    return documents.length;
  } catch (error) {
    if (ids.length === 1) {
      await db.execute(sql`insert into search_outbox (source, source_id, version) select source, source_id, version from search_documents where source = 'post' and source_id = ${ids[0]!}
        on conflict (source, source_id) do nothing`);
      return 0;
    }
    if (!/invalid_document|missing_document|max_fields/.test(String(error))) throw error;
    const middle = ids.length >> 1;
    return (await put(client, uid, ids.slice(0, middle))) + (await put(client, uid, ids.slice(middle)));
  }
}

async function done(client: Meilisearch, { taskUid }: EnqueuedTask): Promise<void> {
  const task = await client.tasks.waitForTask(taskUid, { timeout: TASK_PATIENCE, interval: 100 });
  if (task.status !== "succeeded") throw new Error(`Task ${taskUid} of the search server ${task.status}: ${task.error?.code ?? ""} ${task.error?.message ?? ""}`);
}
