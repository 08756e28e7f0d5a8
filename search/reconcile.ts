import { sql } from "drizzle-orm";
import type { Meilisearch } from "meilisearch";
import { db } from "#db/client.ts";
import { documentId, keyOfDocument, type DocumentKey, type SearchDocument } from "./document.ts";

const BATCH = 1000;

/** What is unlisted has no group. */
const isListed = sql`exists (select from search_groups g where g.group_id = d.group_id and g.source = d.source)`;

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
    const rows = await db.execute<DocumentKey & { id: number; version: number }>(sql`
      select d.id::int as id, d.source, d.source_id::int as "sourceId", d.version::int as version from search_documents d
      where d.id > ${after} and ${isListed} order by d.id limit ${BATCH}`);
    if (rows.length === 0) break;
    after = rows.at(-1)!.id;
    const ids = rows.map(documentId);
    const { results } = await index.getDocuments({ ids, fields: ["id", "version"], limit: BATCH });
    const held = new Map(results.map(({ id, version }) => [id, version]));
    const wrong = rows.filter((row, at) => held.get(ids[at]!) !== row.version);
    const missing = ids.filter((id) => !held.has(id)).length;
    differences.missing += missing;
    differences.stale += wrong.length - missing;
    await noteWrong(wrong);
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
    const there = await db.execute<DocumentKey>(sql`select d.source, d.source_id::int as "sourceId" from search_documents d where d.source_id in ${keys.map(({ sourceId }) => sourceId)} and ${isListed}`);
    const known = new Set(there.map(documentId));
    const wrong = keys.filter((key) => !known.has(documentId(key)));
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
