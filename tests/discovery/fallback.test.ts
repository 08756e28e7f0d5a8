import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { revokeRight } from "#app/community/rights.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { startStandIn, type StandIn } from "#tests/support/meili-stand-in.ts";
import { settleWith } from "#tests/support/search-engines.ts";
import { visit } from "#tests/support/visit.ts";

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn();
  process.env.MEILI_URL = standIn.url;
});
afterEach(async () => {
  delete process.env.MEILI_URL;
  await standIn.stop();
});

const NOTICE = "Search is in simple mode";

async function topicWith(title: string, body: string, categoryId?: number) {
  const topic = await make.topic({ title, ...(categoryId && { categoryId }) });
  await make.post({ topicId: topic.id, body: text(body) });
  return topic;
}

test("Meilisearch answers while it is well; while it is away PostgreSQL does, and the page says so", async () => {
  await topicWith("Spokes break", "All the time.");
  await settleWith(standIn.url, standIn);
  const well = await (await visit("/search?q=spokes")).text();
  expect([well.includes("break"), well.includes(NOTICE)]).toEqual([true, false]);
  expect(standIn.requests.filter(({ path }) => path.endsWith("/search"))).toHaveLength(1);

  standIn.trouble.request = () => 503;
  const away = await (await visit("/search?q=spokes")).text();
  expect([away.includes("break"), away.includes(NOTICE)]).toEqual([true, true]);

  standIn.trouble.request = undefined;
  expect((await (await visit("/search?q=spokes")).text()).includes(NOTICE)).toBe(false);
});

test("after three failures it is left alone for a while, so that nobody waits for it", async () => {
  await topicWith("Mudguard rattles", "On gravel.");
  await settleWith(standIn.url, standIn);
  let asked = 0;
  standIn.trouble.request = (_, path) => (path.endsWith("/search") ? (asked++, 500) : undefined);
  for (let n = 0; n < 6; n++) expect(await (await visit("/search?q=mudguard")).text()).toContain("rattles");
  expect(asked).toBe(3);
});

test("writing goes on while the search server hangs, and what was written is found at once", async () => {
  const member = await make.member();
  const topic = await topicWith("Saddle height", "How high?");
  await settleWith(standIn.url, standIn);
  standIn.trouble.request = () => "hang";
  const answer = await visit(`/t/${topic.slug}/${topic.id}`, { as: member, form: { body: "Try a plumbline.", key: crypto.randomUUID() } });
  expect(answer.status).toBe(302);
  expect(await (await visit("/search?q=plumbline")).text()).toContain("Saddle height");
});

test("an index that is behind shows nothing that was hidden since: rights, removals, unlisted topics", async () => {
  const member = await make.member();
  const admin = await make.member({ role: "admin" });
  const closed = await make.category({ members: "see" });
  const [, removed, unlisted] = [await topicWith("Tandem plans", "Soon.", closed.id), await topicWith("Tandem rumours", "Never."), await topicWith("Tandem sketches", "Perhaps.")];
  await settleWith(standIn.url, standIn);
  const shown = async () => {
    const page = await (await visit("/search?q=tandem", { as: member })).text();
    return ["plans", "rumours", "sketches"].filter((word) => page.includes(word));
  };
  expect(await shown()).toEqual(["plans", "rumours", "sketches"]);
  // Nothing is told to the search server from here on.
  await revokeRight(admin, { categoryId: closed.id, groupId: (await make.group("members")).id });
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.topicId, removed.id));
  await db.update(topics).set({ unlistedAt: new Date() }).where(eq(topics.id, unlisted.id));
  expect(await shown()).toEqual([]);
});
