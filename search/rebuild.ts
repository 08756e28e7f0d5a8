import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { EnqueuedTask, Meilisearch } from "meilisearch";
import { db } from "#db/client.ts";
import { inBatches } from "./batches.ts";
import type { DocumentKey, SearchDocument } from "./document.ts";
import { documentsOf } from "./documents/all.ts";
import { INDEX_PREFIX } from "./meilisearch-client.ts";
import { reconcile } from "./reconcile.ts";
import { contentSettings, settingsHash } from "./settings.ts";
import { tellSynonyms } from "./synonyms.ts";

const BATCH = 2000;
/** How long one task of a rebuild may take before the rebuild is given up, in milliseconds. */
const TASK_PATIENCE = 10 * 60_000;

type Options = {
  progress?: (documents: number) => void;
  /** Called between requests while the new index fills, to keep the old one up to date. */
  meanwhile?: () => Promise<void>;
};

/**
 * Fills a new index with everything and switches to it: there is no moment without a full one, and the old one goes on
 * being told of changes. What has changed meanwhile is caught up by its version, the whole is compared document by
 * document, and what is still different then waits in the outbox for the new index. The old one goes last.
 *
 * @throws Error naming the task that failed; the live index is then untouched
 */
export async function rebuildIndex(client: Meilisearch, { progress = () => {}, meanwhile = async () => {} }: Options = {}): Promise<{ uid: string; documents: number }> {
  const before = await liveIndex();
  const uid = `${INDEX_PREFIX}_${settingsHash()}_${randomBytes(4).toString("hex")}`;
  try {
    return await fillAndSwitch(client, uid, before, { progress, meanwhile });
  } catch (error) {
    // What is half filled is of no use to anyone. The server that failed may well fail this too.
    await client.deleteIndexIfExists(uid).catch(() => {});
    throw error;
  }
}

async function fillAndSwitch(client: Meilisearch, uid: string, before: { liveUid: string } | null, { progress, meanwhile }: Required<Options>) {
  await done(client, await client.createIndex(uid, { primaryKey: "id" }));
  await done(client, await client.index(uid).updateSettings(contentSettings));
  const synonymsHash = await tellSynonyms(client, uid);

  // From now on every change is noted, also before there is a live index to note it for.
  await noteChanges(uid, before);
  const [start] = await db.execute<{ version: number }>(sql`select nextval('search_versions')::int as version`);
  const documents = await fill(client, uid, async (count) => {
    progress(count);
    if (before) await meanwhile();
  });
  // From here the outbox is left alone: whatever changes now waits in it for the new index.
  await catchUp(client, uid, start!.version);
  await reconcile(client, uid);

  await db.execute(sql`
    insert into search_indexes (name, live_uid, settings_hash, synonyms_hash) values ('content', ${uid}, ${settingsHash()}, ${synonymsHash})
    on conflict (name) do update set live_uid = excluded.live_uid, settings_hash = excluded.settings_hash, synonyms_hash = excluded.synonyms_hash, switched_at = now()`);
  // Tasks of the old index tell nothing of the new one: whatever waits is sent again.
  await db.execute(sql`update search_outbox set task_uid = null, sent_version = null, due_at = now() where task_uid is not null`);
  // One that is gone already is no reason to stop: the server may have been wiped.
  if (before) await client.deleteIndexIfExists(before.liveUid);
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

async function fill(client: Meilisearch, uid: string, each: (documents: number) => Promise<void>): Promise<number> {
  // Whatever is written meanwhile has a higher number, or is caught up by its version.
  let after = 0;
  let total = 0;
  for (;;) {
    const rows = await db.execute<DocumentKey & { id: number }>(sql`select id::int as id, source, source_id::int as "sourceId" from search_documents where id > ${after} order by id limit ${BATCH}`);
    if (rows.length === 0) return total;
    total += await put(client, uid, rows);
    after = rows.at(-1)!.id;
    await each(total);
  }
}

/** Sends again what changed since, until nothing did. */
async function catchUp(client: Meilisearch, uid: string, since: number): Promise<void> {
  for (;;) {
    const rows = await db.execute<DocumentKey & { version: number }>(
      sql`select source, source_id::int as "sourceId", version::int as version from search_documents where version > ${since} order by version limit ${BATCH}`,
    );
    if (rows.length === 0) return;
    await put(client, uid, rows);
    since = rows.at(-1)!.version;
  }
}

/** One request and its task. A document that the server will not take must not stop the others: it is left to the outbox. */
async function put(client: Meilisearch, uid: string, keys: DocumentKey[]): Promise<number> {
  const documents = await documentsOf(db, keys);
  try {
    for (const batch of inBatches(documents)) await done(client, await client.index<SearchDocument>(uid).addDocuments(batch, { primaryKey: "id" }));
    return documents.length;
  } catch (error) {
    if (!/invalid_document|missing_document|document_fields_limit|max_fields/.test(String(error))) throw error;
    if (keys.length === 1) {
      await db.execute(sql`insert into search_outbox (source, source_id, version) select source, source_id, version from search_documents where source = ${keys[0]!.source} and source_id = ${keys[0]!.sourceId}
        on conflict (source, source_id) do nothing`);
      return 0;
    }
    const middle = keys.length >> 1;
    return (await put(client, uid, keys.slice(0, middle))) + (await put(client, uid, keys.slice(middle)));
  }
}

/**
 * Waits until a task is over. Asked for here, not by the client's `waitForTask`: the signal which that one sets puts the
 * client's own time limit out of force (meilisearch 0.62), so that a server which hangs would hold a rebuild for as long
 * as a task may take.
 */
async function done(client: Meilisearch, { taskUid }: EnqueuedTask): Promise<void> {
  const patience = Date.now() + TASK_PATIENCE;
  for (;;) {
    const { status, error } = await client.tasks.getTask(taskUid);
    if (status === "succeeded") return;
    if (status !== "enqueued" && status !== "processing") throw new Error(`Task ${taskUid} of the search server ${status}: ${error?.code ?? ""} ${error?.message ?? ""}`);
    if (Date.now() > patience) throw new Error(`Task ${taskUid} of the search server is not done after ${TASK_PATIENCE / 60_000} minutes.`);
    await setTimeout(50);
  }
}
