import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { searchQueries } from "#db/schema/search.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

async function look(words: string, times = 1) {
  for (let n = 0; n < times; n++) await visit(`/search?q=${encodeURIComponent(words)}`);
}

const keyOf = async (words: string) => (await db.execute<{ key: string }>(sql`select key from search_queries where text = ${words} order by id desc limit 1`))[0]!.key;

test("staff of the whole site see what was looked for in vain and what nobody opened; others do not", async () => {
  const topic = await make.topic({ title: "Kickstand loose" });
  await make.post({ topicId: topic.id, body: text("It is.") });
  await look("hover board", 2);
  await look("kickstand", 2);
  const page = await (await visit("/admin/searches", { as: await make.member({ role: "product_manager" }) })).text();
  const [inVain, unopened] = page.split("Found, and never opened");
  expect([inVain!.includes("hover board"), inVain!.includes("2 times"), unopened!.includes("kickstand")]).toEqual([true, true, true]);
  expect(page).not.toContain("Words that mean the same");
  for (const viewer of [await make.member(), await make.member({ role: "moderator", divisionId: (await make.division()).id })]) expect((await visit("/admin/searches", { as: viewer })).status).toBe(403);
  expect((await visit("/admin/searches")).status).toBe(302);
});

test("what was looked for in vain is begun as a page in the wikis one may write in, and in no other", async () => {
  const manager = await make.member({ role: "product_manager" });
  const read = async () => (await visit("/admin/searches", { as: manager })).text();
  await look("hover board", 2);
  await make.wiki({ slug: "closed", rights: { everyone: "see" } });
  expect(await read()).not.toContain("Create a page");
  await make.wiki({ slug: "open", rights: { everyone: "see", members: "create" } });
  const one = await read();
  expect([one.includes('href="/w/open/new?title=hover+board"'), one.includes("/w/closed/new")]).toEqual([true, false]);
  expect(await (await visit("/w/open/new?title=hover+board", { as: manager })).text()).toContain('value="hover board"');
  await make.wiki({ slug: "other", rights: { everyone: "see", members: "create" } });
  const both = await read();
  expect([both.includes("Create a page in"), both.includes('href="/w/open/new?title=hover+board"'), both.includes('href="/w/other/new?title=hover+board"')]).toEqual([true, true, true]);
});

test("a search whose result was opened is no longer among those that nobody opened; a GET opens nothing", async () => {
  const topic = await make.topic({ title: "Pannier hooks" });
  await make.post({ topicId: topic.id, body: text("Which?") });
  await look("pannier", 2);
  const key = await keyOf("pannier");
  expect((await visit(`/search/opened?key=${key}`)).status).toBeGreaterThanOrEqual(400);
  expect(await db.$count(searchQueries, sql`opened_at is not null`)).toBe(0);
  expect((await visit("/search/opened", { form: { key } })).status).toBe(204);
  expect((await visit("/search/opened", { form: { key: "nonsense" } })).status).toBe(204);
  expect(await db.$count(searchQueries, sql`opened_at is not null`)).toBe(1);
  const page = await (await visit("/admin/searches", { as: await make.member({ role: "admin" }) })).text();
  expect(page.split("Found, and never opened")[1]).not.toContain("pannier");
});

test("nothing that may name a person is remembered: no searcher, no address, no long number", async () => {
  await visit("/search?q=mail+of+jane.doe@example.com+or+0170+1234567", { as: await make.member() });
  await visit("/search?q=jane@example.com");
  const rows = await db.execute<{ row: string }>(sql`select search_queries::text as row, text from search_queries`);
  expect(rows.map((row) => (row as unknown as { text: string }).text)).toEqual(["mail of or"]);
});

test("admins say which words mean the same; each word once; and take it back", async () => {
  const admin = await make.member({ role: "admin" });
  const topic = await make.topic({ title: "Pedelec insurance" });
  await make.post({ topicId: topic.id, body: text("Which?") });
  const finds = async () => (await (await visit("/search?q=ebike")).text()).includes("insurance");
  expect(await finds()).toBe(false);
  expect((await visit("/admin/searches", { as: admin, form: { intent: "add", words: "Ebike, Pedelec" } })).status).toBe(302);
  expect(await finds()).toBe(true);
  for (const words of ["alone", "ebike, moped", "a, b, c, d, e, f, g, h, i, j, k"]) {
    const answer = await visit("/admin/searches", { as: admin, form: { intent: "add", words } });
    expect([answer.status, (await answer.text()).includes(`value="${words}"`)]).toEqual([422, true]);
  }
  for (const viewer of [await make.member(), await make.member({ role: "product_manager" })]) {
    expect((await visit("/admin/searches", { as: viewer, form: { intent: "add", words: "one, two" } })).status).toBe(403);
  }
  const [group] = await db.execute<{ id: number }>(sql`select id::int as id from search_synonyms`);
  expect((await visit("/admin/searches", { as: admin, form: { intent: "remove", id: String(group!.id) } })).status).toBe(302);
  expect(await finds()).toBe(false);
});
