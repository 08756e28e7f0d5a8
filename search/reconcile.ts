import { sql } from "drizzle-orm";
import type { Meilisearch } from "meilisearch";
import { db } from "#db/client.ts";
import { documentId, keyOfDocument, type DocumentKey, type SearchDocument } from "./document.ts";

const BATCH = 1000;

export type Differences = { missing: number; stale: number; extra: number };

/**
 * Compares what the index holds with what it should, document by document and version by version, and puts every
 * difference into the outbox. An outbox alone is not enough: servers lose data, and bugs lose rows.
 */
export async function reconcile(client: Meilisearch, indexUid: string): Promise<Differences> {
  const index = client.index<SearchDocument>(indexUid);
  const differences: Differences = { missing: 0, stale: 0, extra: 0 };
  let after = 0;
  for (;;) {
    const rows = await db.execute<{ id: number; version: number }>(sql`
      select d.source_id::int as id, d.version::int as version from search_documents d join topics t on t.id = d.group_id
      where d.source = 'post' and t.unlisted_at is null and d.source_id > ${after} order by d.source_id limit ${BATCH}`);
    if (rows.length === 0) break;
    after = rows.at(-1)!.id;
    const ids = rows.map(({ id }) => documentId({ source: "post", sourceId: id }));
    const { results } = await index.getDocuments({ ids, fields: ["id", "version"], limit: BATCH });
    const held = new Map(results.map(({ id, version }) => [id, version]));
    const wrong = rows.filter((row, at) => held.get(ids[at]!) !== row.version);
    differences.missing += rows.filter((_, at) => !held.has(ids[at]!)).length;
    differences.stale += wrong.length - rows.filter((_, at) => !held.has(ids[at]!)).length;
    await noteWrong(wrong.map(({ id }) => ({ source: "post" as const, sourceId: id })));
  }
  differences.extra = await findExtra(client, indexUid);
  return differences;
}

/** Documents that should not be there: deleted rows whose deletion was lost. */
async function findExtra(client: Meilisearch, indexUid: string): Promise<number> {
  let extra = 0;
  for (let offset = 0; ; offset += BATCH) {
    const { results } = await client.index<SearchDocument>(indexUid).getDocuments({ fields: ["id"], limit: BATCH, offset });
    if (results.length === 0) return extra;
    const keys = results.map(({ id }) => keyOfDocument(id));
    const there = await db.execute<{ id: number }>(sql`select source_id::int as id from search_documents d join topics t on t.id = d.group_id
      where d.source = 'post' and t.unlisted_at is null and d.source_id in ${keys.map(({ sourceId }) => sourceId)}`);
    const known = new Set(there.map(({ id }) => id));
    const wrong = keys.filter(({ sourceId }) => !known.has(sourceId));
    extra += wrong.length;
    await noteWrong(wrong);
  }
}

async function noteWrong(keys: DocumentKey[]): Promise<void> {
  if (keys.length === 0) return;
  await db.execute(sql`
    insert into search_outbox (source, source_id, version)
    select wrong.source, wrong.id, coalesce(d.version, nextval('search_versions'))
    from jsonb_to_recordset(${JSON.stringify(keys.map(({ source, sourceId }) => ({ source, id: sourceId })))}::jsonb) wrong(source search_source, id bigint)
    left join search_documents d on d.source = wrong.source and d.source_id = wrong.id
    on conflict (source, source_id) do update set due_at = now(), parked_because = null`);
}
