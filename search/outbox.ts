import { sql } from "drizzle-orm";
import type { Index, Meilisearch, Task } from "meilisearch";
import { db } from "#db/client.ts";
import { inBatches } from "./batches.ts";
import { documentId, type DocumentKey, type SearchDocument } from "./document.ts";
import { documentsOf } from "./documents/all.ts";

/** The most rows that one round takes: Meilisearch batches a few thousand documents best. */
const BATCH = 2000;
/** How long a row waits after its n-th failure, in seconds: doubling, at most five minutes. */
const MAX_PAUSE = 300;

type Row = DocumentKey & { version: number; part: number };

/**
 * Sends what is due, as it is in Postgres now: what is there is added, what is not is deleted. Answers how many were
 * sent. Nothing is forgotten here: a 202 says only that the server will try.
 */
export async function sendDue(client: Meilisearch, indexUid: string): Promise<number> {
  const rows = await db.execute<Row>(sql`
    select source, source_id::int as "sourceId", version::int as version, part from search_outbox
    where task_uid is null and parked_because is null and due_at <= now() order by due_at, source_id limit ${BATCH}`);
  for (const rowsOfPart of byPart(rows)) {
    try {
      await sendPart(client.index<SearchDocument>(indexUid), rowsOfPart);
    } catch (error) {
      await putOff(rowsOfPart);
      throw error;
    }
  }
  return rows.length;
}

/** Asks what became of what was sent. Rows go when their task has succeeded and nothing has changed since. */
export async function settleSent(client: Meilisearch): Promise<void> {
  const sent = await db.execute<{ taskUid: number }>(sql`select distinct task_uid as "taskUid" from search_outbox where task_uid is not null order by 1 limit 200`);
  if (sent.length === 0) return;
  const uids = sent.map(({ taskUid }) => taskUid);
  const { results } = await client.tasks.getTasks({ uids, limit: uids.length });
  const known = new Map(results.map((task) => [task.uid, task]));
  for (const uid of uids) await settle(uid, known.get(uid));
}

async function settle(uid: number, task: Task | undefined): Promise<void> {
  if (task?.status === "enqueued" || task?.status === "processing") return;
  if (task?.status === "succeeded") {
    await db.transaction(async (tx) => {
      await tx.execute(sql`delete from search_outbox where task_uid = ${uid} and version = sent_version`);
      await tx.execute(sql`update search_outbox set task_uid = null, sent_version = null, part = 0 where task_uid = ${uid}`);
    });
  } else if (task?.status === "failed" && isAboutADocument(task)) await divide(uid, task.error?.message ?? "refused");
  // Cancelled, or unknown to a server that has lost its data, or failed for a reason of its own: again, after a pause.
  else await again(uid);
}

/** One bad document fails all that travel with it. Halving the request finds it in a few rounds; found, it is put aside. */
async function divide(uid: number, why: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [{ count } = { count: 0 }] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from search_outbox where task_uid = ${uid}`);
    if (count === 1) {
      await tx.execute(sql`update search_outbox set task_uid = null, sent_version = null, part = 0,
        parked_because = case when version = sent_version then ${why.slice(0, 500)} end where task_uid = ${uid}`);
      return;
    }
    await tx.execute(sql`
      update search_outbox o set task_uid = null, sent_version = null, due_at = now(), part = (${uid} % 1000000) * 2 + 1 + halves.half
      from (select source, source_id, ntile(2) over (order by source_id) - 1 as half from search_outbox where task_uid = ${uid}) halves
      where o.source = halves.source and o.source_id = halves.source_id`);
  });
}

async function again(uid: number): Promise<void> {
  await db.execute(sql`update search_outbox set task_uid = null, sent_version = null, attempts = attempts + 1,
    due_at = now() + least(${MAX_PAUSE}, power(2, least(attempts, 12))) * interval '1 second' where task_uid = ${uid}`);
}

async function sendPart(index: Index<SearchDocument>, rows: Row[]): Promise<void> {
  const documents = await documentsOf(db, rows);
  const made = new Map(documents.map((document) => [document.id, document]));
  const gone = rows.filter((row) => !made.has(documentId(row)));
  const rowOf = new Map(rows.map((row) => [documentId(row), row]));
  for (const batch of inBatches(documents)) {
    await noteSent(batch.map(({ id }) => rowOf.get(id)!), await index.addDocuments(batch, { primaryKey: "id" }));
  }
  if (gone.length > 0) await noteSent(gone, await index.deleteDocuments(gone.map(documentId)));
}

/** The version noted is the one read before the document was made: a change in between makes it newer, and sends it again. */
async function noteSent(rows: Row[], { taskUid }: { taskUid: number }): Promise<void> {
  const keys = JSON.stringify(rows.map(({ source, sourceId, version }) => ({ source, id: sourceId, version })));
  await db.execute(sql`update search_outbox o set task_uid = ${taskUid}, sent_version = sent.version
    from jsonb_to_recordset(${keys}::jsonb) sent(source search_source, id bigint, version bigint)
    where o.source = sent.source and o.source_id = sent.id`);
}

async function putOff(rows: Row[]): Promise<void> {
  const keys = JSON.stringify(rows.map(({ source, sourceId }) => ({ source, id: sourceId })));
  await db.execute(sql`update search_outbox o set attempts = attempts + 1, due_at = now() + least(${MAX_PAUSE}, power(2, least(attempts, 12))) * interval '1 second'
    from jsonb_to_recordset(${keys}::jsonb) failed(source search_source, id bigint) where o.source = failed.source and o.source_id = failed.id and o.task_uid is null`);
}

function isAboutADocument({ error }: Task): boolean {
  return /^(invalid_document|missing_document|immutable_field|document_fields_limit|max_fields_limit)/.test(error?.code ?? "");
}

function byPart(rows: Iterable<Row>): Row[][] {
  const parts = new Map<number, Row[]>();
  for (const row of rows) parts.set(row.part, [...(parts.get(row.part) ?? []), row]);
  return [...parts.values()];
}
