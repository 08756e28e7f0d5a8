import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { postDocuments } from "#search/documents/post.ts";
import { meiliClient } from "#search/meilisearch-client.ts";
import { sendDue } from "#search/outbox.ts";
import { liveIndex } from "#search/rebuild.ts";
import { syncOnce } from "#search/sync.ts";
import { make, text } from "#tests/support/make.ts";
import { startStandIn, type StandIn } from "#tests/support/meili-stand-in.ts";
import { settleWith } from "#tests/support/search-engines.ts";

let standIn: StandIn;
beforeEach(async () => void (standIn = await startStandIn()));
afterEach(() => standIn.stop());

/** Gives up on a server that hangs after a tenth of a second: the tests need not wait as long as the community does. */
const client = () => meiliClient({ url: standIn.url, timeoutMilliseconds: 100 });

/** What happens between two rounds. `at` chooses among the posts that there are. */
const change = fc.record({
  what: fc.constantFrom("write", "write", "edit", "remove", "restore", "poison", "cure", "unlist", "list", "rename", "move", "erase", "wipe"),
  at: fc.nat(20),
});
/** What the server does to the n-th request of a round. */
const fault = fc.constantFrom(undefined, undefined, undefined, 500, 503, "hang", "lost") as fc.Arbitrary<number | "hang" | "lost" | undefined>;
const round = fc.record({ changes: fc.array(change, { maxLength: 4 }), faults: fc.array(fault, { maxLength: 6 }), failsTask: fc.array(fc.boolean(), { maxLength: 4 }), slowBy: fc.constantFrom(0, 0, 2) });

test("whatever fails, hangs, is lost, refused, wiped or changed meanwhile: in the end the index holds what is true", { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 5 }), async (rounds) => {
      const places = [await make.category(), await make.category()];
      const topic = await make.topic({ categoryId: places[0]!.id });
      await make.post({ topicId: topic.id });
      for (const { changes, faults, failsTask, slowBy } of rounds) {
        for (const one of changes) await apply(one, places.map(({ id }) => id));
        const left = [...faults];
        const fails = [...failsTask];
        Object.assign(standIn.trouble, { request: () => left.shift(), task: () => fails.shift() ?? false, slowBy });
        await syncOnce(client()).catch(() => "tried again in the next round");
      }
      Object.assign(standIn.trouble, { request: undefined, task: undefined, slowBy: 0 });
      await settleWith(standIn.url, standIn);
      await expectTruth();
    }),
    { numRuns: 12 },
  );
});

async function apply({ what, at }: { what: string; at: number }, places: number[]): Promise<void> {
  const all = await db.select({ id: posts.id, topicId: posts.topicId }).from(posts).orderBy(posts.id);
  const post = all[at % Math.max(1, all.length)];
  if (what === "wipe") return standIn.wipe();
  if (what === "write" || !post) return void (await make.post({ ...(post && at % 3 > 0 && { topicId: post.topicId }), categoryId: places[0], body: text(`Words number ${at}`) } as never));
  const ofPost = (values: Partial<typeof posts.$inferInsert>) => db.update(posts).set(values).where(eq(posts.id, post.id));
  const ofTopic = (values: Partial<typeof topics.$inferInsert>) => db.update(topics).set(values).where(eq(topics.id, post.topicId));
  if (what === "edit") await ofPost(renderedBody(text(`Edited to ${at}`)));
  if (what === "poison") await ofPost(renderedBody(text(`POISON ${at}`)));
  if (what === "cure") await db.update(posts).set(renderedBody(text("Cured."))).where(sql`body_text like '%POISON%'`);
  if (what === "remove") await ofPost({ removedAt: new Date() });
  if (what === "restore") await ofPost({ removedAt: null });
  if (what === "unlist") await ofTopic({ unlistedAt: new Date() });
  if (what === "list") await ofTopic({ unlistedAt: null });
  if (what === "rename") await ofTopic({ title: `Renamed ${at}` });
  if (what === "move") await ofTopic({ categoryId: places[at % 2] });
  if (what === "erase") await db.delete(posts).where(eq(posts.id, post.id));
}

/** The index is Postgres, document by document; only what the server refuses is missing or as it was, and stands apart with the reason. */
async function expectTruth(): Promise<void> {
  const ids = (await db.select({ id: posts.id }).from(posts)).map(({ id }) => id);
  const truth = new Map((await postDocuments(db, ids)).map((document) => [document.id, document]));
  const held = standIn.indexes.get((await liveIndex())!.liveUid)!.docs;
  const poison = [...truth.values()].filter(({ body }) => body.includes("POISON")).map(({ id }) => id);
  const parked = await db.execute<{ id: string }>(sql`select source || '-' || source_id as id from search_outbox where parked_because is not null`);
  expect(parked.map(({ id }) => id).sort()).toEqual(poison.sort());
  const without = <Value>(map: Map<string, Value>) => Object.fromEntries([...map].filter(([id]) => !poison.includes(id)).sort());
  expect(without(held)).toEqual(without(truth));
}

test("one document that the server refuses stands apart with the reason, and the others get through", async () => {
  const topic = await make.topic();
  for (let n = 0; n < 20; n++) await make.post({ topicId: topic.id, body: text(`Number ${n}`) });
  await settleWith(standIn.url, standIn);
  const all = await db.select().from(posts).orderBy(posts.id);
  await db.update(posts).set(renderedBody(text("POISON"))).where(eq(posts.id, all[7]!.id));
  for (const other of all.filter((_, at) => at !== 7)) await db.update(posts).set(renderedBody(text("Fresh."))).where(eq(posts.id, other.id));
  await settleWith(standIn.url, standIn);
  expect([...(await db.execute(sql`select source_id::int as id, parked_because as why from search_outbox`))]).toEqual([{ id: all[7]!.id, why: expect.stringContaining("cannot be read") }]);
  await expectTruth();
});

test("what changes while the server works on it is sent again", async () => {
  const post = await make.post();
  await settleWith(standIn.url, standIn);
  standIn.trouble.holdsTasks = true;
  await db.update(posts).set(renderedBody(text("First."))).where(eq(posts.id, post.id));
  await syncOnce(client());
  await db.update(posts).set(renderedBody(text("Second."))).where(eq(posts.id, post.id));
  standIn.trouble.holdsTasks = false;
  standIn.work();
  await settleWith(standIn.url, standIn);
  await expectTruth();
});

test("texts that are too large for one request travel in several", { timeout: 60_000 }, async () => {
  const topic = await make.topic();
  const body = renderedBody(text("word ".repeat(20_000)));
  await make.post({ topicId: topic.id });
  await settleWith(standIn.url, standIn);
  for (let n = 2; n < 120; n++) await db.insert(posts).values({ topicId: topic.id, authorId: topic.authorId, number: n + 1, ...body, bodyHtml: "" });
  standIn.requests.length = 0;
  await sendDue(meiliClient({ url: standIn.url }), (await liveIndex())!.liveUid);
  const sizes = standIn.requests.filter(({ method }) => method === "POST").map((request) => JSON.stringify(request.body).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(10_100_000);
});
