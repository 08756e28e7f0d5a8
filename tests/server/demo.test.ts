import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { ensureGroups } from "#tests/support/groups.ts";
import { recount } from "#app/forums/recount.ts";
import { readDemoTalk, seedDemo } from "#app/server/demo.ts";
import { db } from "#db/client.ts";
import { people } from "#db/seed/people.ts";
import { seedDivisions, type Place } from "#db/seed/places.ts";
import { visit } from "#tests/support/visit.ts";

const count = async (query: ReturnType<typeof sql>) => Number((await db.execute<{ n: string }>(query))[0]!.n);

test("the demo's files name only people and places that exist, and nobody answers a post that is not there yet", () => {
  const talk = readDemoTalk(new Date());
  const names = new Set(people.map(({ username }) => username));
  const placesOf = (division: string, list: Place[]): string[] => list.flatMap((place) => [`${division}/${place.slug}`, ...placesOf(division, place.children ?? [])]);
  const places = new Set(seedDivisions.flatMap(({ slug, places: list }) => placesOf(slug, list)));
  const wrong = talk.flatMap(({ title, division, category, posts }) => [
    ...(places.has(`${division}/${category}`) ? [] : [`${title}: ${division}/${category}`]),
    ...posts.filter(({ author }) => !names.has(author)).map(({ author }) => `${title}: ${author}`),
    ...posts.flatMap(({ replyTo, body }, at) => ((replyTo && replyTo > at) || body === "" ? [`${title}: post ${at + 1}`] : [])),
  ]);
  expect(wrong).toEqual([]);
});

test("an empty community is filled with people who talked before today, and with right counters", { timeout: 120_000 }, async () => {
  await ensureGroups();
  await seedDemo();

  expect(await count(sql`select count(*) as n from topics`)).toBeGreaterThan(100);
  expect(await count(sql`select count(*) as n from posts`)).toBeGreaterThan(700);
  expect(await count(sql`select count(*) as n from posts where created_at > now()`)).toBe(0);
  expect(await count(sql`select count(*) as n from posts join members on members.id = author_id where posts.created_at < members.created_at`)).toBe(0);
  expect(await count(sql`select count(*) as n from (select topic_id, count(*) as posts, max(number) as last from posts group by topic_id) own join topics on topics.id = topic_id where last_post_number <> last or post_count > posts`)).toBe(0);
  expect(await count(sql`select count(*) as n from members where password_hash is not null`)).toBe(4);

  expect(await count(sql`select count(distinct page_id) as n from page_sources join pages on pages.id = page_id where published_revision > 0`)).toBe(3);

  const before = await db.execute(sql`select md5(string_agg(topics::text, '' order by id)) as n from topics`);
  await db.transaction(recount);
  expect(await db.execute(sql`select md5(string_agg(topics::text, '' order by id)) as n from topics`)).toEqual(before);

  const [backOffice] = await db.execute<{ id: string; slug: string }>(sql`select topics.id, topics.slug from topics join categories on categories.id = category_id where categories.slug = 'staff' limit 1`);
  expect((await visit(`/t/${backOffice!.slug}/${backOffice!.id}`)).status).toBe(404);
  const [open] = await db.execute<{ id: string; slug: string }>(sql`select topics.id, topics.slug from topics join categories on categories.id = category_id where categories.slug = 'help' limit 1`);
  expect((await visit(`/t/${open!.slug}/${open!.id}`)).status).toBe(200);

  const profile = await (await visit("/u/cleo")).text();
  expect(profile).toContain("Drive 11, Warm 9");
  expect(profile).not.toContain("HV-S14-2207-0931");
});
