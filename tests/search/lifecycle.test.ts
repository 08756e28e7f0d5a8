import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "#db/client.ts";
import { posts } from "#db/schema/forums.ts";
import { askForRebuild } from "#search/ask-rebuild.ts";
import { isTooMighty, makeKeys } from "#search/keys.ts";
import { meiliClient } from "#search/meilisearch-client.ts";
import { meilisearchEngine } from "#search/meilisearch.ts";
import { parseQuery } from "#search/query-language.ts";
import { rebuildPostgres } from "#search/rebuild-postgres.ts";
import { liveIndex, rebuildIndex } from "#search/rebuild.ts";
import { reconcile } from "#search/reconcile.ts";
import { startSearchSync, syncOnce } from "#search/sync.ts";
import { make, text } from "#tests/support/make.ts";
import { startStandIn, type StandIn } from "#tests/support/meili-stand-in.ts";
import { settleWith } from "#tests/support/search-engines.ts";

let standIn: StandIn;
beforeEach(async () => void (standIn = await startStandIn()));
afterEach(() => standIn.stop());

const client = () => meiliClient({ url: standIn.url, timeoutMilliseconds: 1000 });
const find = async (words: string, categoryIds: number[]) =>
  (await meilisearchEngine({ url: standIn.url }).search({ query: parseQuery(words), categoryIds, order: "relevance", page: 1, pageSize: 50 })).hits.map(({ sourceId }) => sourceId).sort((a, b) => a - b);

async function heldBodies(): Promise<string[]> {
  return [...standIn.indexes.get((await liveIndex())!.liveUid)!.docs.values()].map(({ body }) => String(body)).sort();
}

test("a server that lost everything is noticed and filled again", async () => {
  for (const words of ["One.", "Two."]) await make.post({ body: text(words) });
  await settleWith(standIn.url, standIn);
  const before = (await liveIndex())!.liveUid;
  standIn.wipe();
  await make.post({ body: text("Three.") });
  await settleWith(standIn.url, standIn);
  expect(await heldBodies()).toEqual(["One.", "Three.", "Two."]);
  expect((await liveIndex())!.liveUid).not.toBe(before);
});

test("while the index is built anew it is searched and written to: nothing is missing for a moment, and in the end it holds all", async () => {
  const topics: { id: number }[] = [];
  for (let n = 0; n < 8; n++) topics.push(await make.post({ body: text(`Bicycle ${n}`) }));
  await settleWith(standIn.url, standIn);
  const categoryIds = (await db.execute<{ id: number }>(sql`select id::int as id from categories`)).map(({ id }) => id);
  const stays = topics.slice(2).map(({ id }) => id);

  const change = async (n: number) => {
    if (n === 0) await db.delete(posts).where(eq(posts.id, topics[0]!.id));
    if (n === 1) await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, topics[1]!.id));
    await make.post({ body: text(`Written meanwhile ${n}`) });
  };
  // Each task of the rebuild waits until someone has searched and written: making the index, settling it, filling it.
  standIn.trouble.holdsTasks = true;
  let isDone = false;
  const rebuilding = rebuildIndex(client()).finally(() => (isDone = true));
  for (let n = 0; n < 3; n++) {
    await expect.poll(() => standIn.tasks.some(({ status }) => status === "enqueued"), { timeout: 10_000 }).toBe(true);
    const found = await find("bicycle", categoryIds);
    expect([isDone, stays.every((id) => found.includes(id))]).toEqual([false, true]);
    await change(n);
    standIn.work();
  }
  standIn.trouble.holdsTasks = false;
  standIn.work();
  await rebuilding;
  await settleWith(standIn.url, standIn);
  expect(await heldBodies()).toEqual([...[2, 3, 4, 5, 6, 7].map((n) => `Bicycle ${n}`), ...[0, 1, 2].map((n) => `Written meanwhile ${n}`)]);
  expect(standIn.indexes.size, "the old index is gone").toBe(1);
});

test("a rebuild that fails leaves the live index alone, and nothing half filled behind", async () => {
  await make.post({ body: text("Still here.") });
  await settleWith(standIn.url, standIn);
  const before = (await liveIndex())!.liveUid;
  standIn.trouble.task = (type) => type === "documentAdditionOrUpdate";
  await expect(rebuildIndex(client())).rejects.toThrow("the disk is full");
  standIn.trouble.task = undefined;
  await expect.poll(() => [...standIn.indexes.keys()]).toEqual([before]);
  expect((await liveIndex())!.liveUid).toBe(before);
});

test("asked by a command, a running community builds the index anew itself", async () => {
  await make.post({ body: text("Here.") });
  await settleWith(standIn.url, standIn);
  const before = (await liveIndex())!.liveUid;
  const stop = startSearchSync(process.env.DATABASE_URL!, { url: standIn.url }, () => {});
  try {
    await expect.poll(async () => (await db.execute(sql`select from pg_locks where locktype = 'advisory' and objid = (hashtext('wellspring.search-sync')::bigint & 4294967295)::oid and granted`)).length).toBe(1);
    const lines: string[] = [];
    const uid = await askForRebuild(process.env.DATABASE_URL!, { url: standIn.url }, (line) => lines.push(line));
    expect([uid === before, lines]).toEqual([false, ["The running community is asked to do it."]]);
  } finally {
    await stop();
  }
  expect(await askForRebuild(process.env.DATABASE_URL!, { url: standIn.url }, () => {})).toBe((await liveIndex())!.liveUid);
  expect(await heldBodies()).toEqual(["Here."]);
});

test("a nightly comparison finds what was lost, is old, or should not be there, and it is put right", async () => {
  const kept = [];
  for (const words of ["Lost.", "Old.", "Fine."]) kept.push(await make.post({ body: text(words) }));
  await settleWith(standIn.url, standIn);
  const { docs } = standIn.indexes.get((await liveIndex())!.liveUid)!;
  docs.delete(`post-${kept[0]!.id}`);
  docs.get(`post-${kept[1]!.id}`)!.version = 1;
  docs.set("post-999999", { ...docs.get(`post-${kept[2]!.id}`)!, id: "post-999999", body: "A ghost." });
  expect(await reconcile(client(), (await liveIndex())!.liveUid)).toEqual({ missing: 1, stale: 1, extra: 1 });
  await settleWith(standIn.url, standIn);
  expect(await heldBodies()).toEqual(["Fine.", "Lost.", "Old."]);
  expect(await reconcile(client(), (await liveIndex())!.liveUid)).toEqual({ missing: 0, stale: 0, extra: 0 });
});

test("PostgreSQL's own documents can be made anew too, from nothing", async () => {
  const post = await make.post({ body: text("Made anew.") });
  await db.execute(sql`delete from search_documents`);
  await db.execute(sql`insert into search_documents (source, source_id, group_id, category_id, is_lead, created_at, words) select 'post', 424242, 1, (select id from categories limit 1), false, now(), ''`);
  expect(await rebuildPostgres()).toBe(1);
  expect([...(await db.execute(sql`select source_id::int as id from search_documents where words @@ plainto_tsquery('anew') or source_id = 424242`))]).toEqual([{ id: post.id }]);
});

test("two keys are made, once, that may do no more than they must; a mightier one is recognised", async () => {
  const first = await makeKeys(client());
  expect(await makeKeys(client())).toEqual(first);
  expect(standIn.keys.map(({ actions, indexes }) => [actions, indexes])).toEqual([
    [["search"], ["wellspring_content*"]],
    [expect.not.arrayContaining(["*", "keys.create", "documents.*"]), ["wellspring_content*"]],
  ]);
  expect(await isTooMighty(client())).toBe(true);
  standIn.trouble.request = (_, path) => (path === "/keys" ? 403 : undefined);
  expect(await isTooMighty(client())).toBe(false);
});

test("a post written is in the index after one round and its task", async () => {
  await make.post();
  await settleWith(standIn.url, standIn);
  await make.post({ body: text("Brand new.") });
  await syncOnce(client());
  expect(await heldBodies()).toContain("Brand new.");
});
