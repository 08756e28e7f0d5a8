import { sql } from "drizzle-orm";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { importStackExchange } from "#app/server/import/import-stackexchange.ts";
import { db } from "#db/client.ts";
import { ensureGroups } from "#tests/support/groups.ts";
import { recordedEvents } from "#tests/support/work.ts";
import { visit } from "#tests/support/visit.ts";
import { row, smallDump, writeDump } from "./small-dump.ts";

const url = process.env.DATABASE_URL!;
const all = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) => db.execute<Row>(query);
const counts = async () =>
  (await all(sql`select (select count(*) from members)::int as members, (select count(*) from topics)::int as topics, (select count(*) from posts)::int as posts,
    (select count(*) from post_revisions)::int as revisions, (select count(*) from import_links)::int as links, (select count(*) from topic_tags)::int as tags`))[0]!;

test("a dump with everything wrong in it brings what is right, and names the rest", async () => {
  await ensureGroups();
  const { skipped, dropped } = await importStackExchange(url, { folder: writeDump(smallDump) });

  // Of six people one is not well-formed and one has no date; one more is made for the name of somebody gone.
  expect(await counts()).toEqual({ members: 5, topics: 2, posts: 6, revisions: 1, links: expect.any(Number), tags: 4 });
  expect(skipped.map(({ file, line, rowId }) => `${file}:${line}:${rowId}`).sort()).toEqual([
    "Badges.xml:5:3", "Comments.xml:4:2", "Posts.xml:11:8", "Posts.xml:12:9", "Posts.xml:6:4", "Posts.xml:9:1", "Users.xml:7:4", "Users.xml:8:5",
  ]);
  expect(skipped.every(({ why }) => why.length > 5)).toBe(true);
  expect(dropped.map(({ what }) => what)).toEqual(expect.arrayContaining(["a vote", "a post", "a tag", "a link between posts", "an entry of the history"]));
  expect(await recordedEvents()).toContainEqual({ type: "places.changed" });
});

test("people, places, numbers, answers and history are as they were", async () => {
  await ensureGroups();
  await importStackExchange(url, { folder: writeDump(smallDump), division: "tea" });

  const topics = await all(sql`select kind, title, post_count as posts, vote_count as votes, idea_status as status, locked_reason as closed, accepted_post_id is not null as answered from topics order by id`);
  expect(topics).toEqual([
    { kind: "question", title: "How long for green tea?", posts: 4, votes: 0, status: "open", closed: "", answered: true },
    { kind: "idea", title: "A pot that pours", posts: 2, votes: 3, status: "shipped", closed: "Closed where it came from: off topic.", answered: false },
  ]);
  const posts = await all(sql`select number, name, reply_to_number as to, imported_score as score, revision, is_staff_note as note from posts join members on members.id = author_id join topics on topics.id = topic_id order by topic_id, number`);
  expect(posts).toEqual([
    { number: 1, name: "Ann Leaf", to: null, score: 5, revision: 2, note: false },
    { number: 2, name: "茶", to: null, score: 3, revision: 1, note: false },
    { number: 3, name: "Gone", to: null, score: -1, revision: 1, note: false },
    { number: 4, name: "Ann Leaf", to: 2, score: 2, revision: 1, note: false },
    { number: 1, name: "Ann Leaf", to: null, score: 0, revision: 1, note: false },
    { number: 2, name: "Community", to: null, score: 0, revision: 1, note: true },
  ]);
  expect(await all(sql`select title, body_text as text, reason from post_revisions`)).toEqual([{ title: "How long?", text: "How long?", reason: "clearer" }]);
  expect(await all(sql`select count(*)::int as able from members where email is not null or password_hash is not null or website <> ''`)).toEqual([{ able: 0 }]);
  expect(await all(sql`select earned_count as times, tier from member_badges join badges on badges.id = badge_id`)).toEqual([{ times: 2, tier: "silver" }]);
});

test("nothing hostile in a dump reaches a page, and links between its posts lead to ours", async () => {
  await ensureGroups();
  await importStackExchange(url, { folder: writeDump(smallDump) });
  const html = (await all<{ html: string }>(sql`select string_agg(body_html, '' order by topic_id, number) as html from posts`))[0]!.html;
  expect(html).not.toMatch(/<script|<img|<iframe|<svg|onerror|onload|javascript:|alert\(/i);
  const [first, second] = await all<{ id: string; slug: string }>(sql`select id, slug from topics order by id`);
  expect(html).toContain(`href="/t/${first!.slug}/${first!.id}"`);
  expect(html).toContain(`href="/t/${second!.slug}/${second!.id}"`);
  expect(html).toContain("&lt;b&gt;not bold&lt;/b&gt;");
  const page = await (await visit(`/t/${first!.slug}/${first!.id}`)).text();
  expect(page).toContain("Two minutes.");
  expect(page).toContain('href="https://tea.stackexchange.com/a/2"');
  expect(page).toContain("CC BY-SA 3.0");
  expect(page).not.toContain("alert(");
});

test("run again it adds nothing; from a newer dump it adds what is new, after what members here have said", async () => {
  await ensureGroups();
  await importStackExchange(url, { folder: writeDump(smallDump) });
  const before = await counts();
  expect((await importStackExchange(url, { folder: writeDump(smallDump) })).added).toEqual({});
  expect(await counts()).toEqual(before);

  const newer = { ...smallDump, Comments: [...smallDump.Comments!, row({ Id: 9, PostId: 1, Text: "New", CreationDate: "2012-03-02T11:00:00.000", UserId: 3 })] };
  expect((await importStackExchange(url, { folder: writeDump(newer) })).added).toEqual({ "comments, as replies": 1 });
  expect(await all(sql`select number, reply_to_number as to from posts where body_text = 'New'`)).toEqual([{ number: 5, to: 1 }]);
});

test("a folder without a dump is refused with a sentence", async () => {
  await expect(importStackExchange(url, { folder: "/nowhere" })).rejects.toThrow("There is no Posts.xml");
});

const real = path.resolve("../shared/data/stackexchange-bicycles-meta");
const realDump = [real, path.resolve("../../shared/data/stackexchange-bicycles-meta")].find((folder) => existsSync(folder));

// Where the real dump is not at hand, the title says so.
test.skipIf(!realDump)("a real community arrives whole (needs shared/data/stackexchange-bicycles-meta beside the checkout)", async () => {
  await ensureGroups();
  const rows = (file: string, pattern: RegExp) => readFileSync(path.join(realDump!, file), "utf8").split("\n").filter((line) => line.includes("<row ") && pattern.test(line)).length;
  const { skippedCount } = await importStackExchange(url, { folder: realDump! });

  const n = async (query: ReturnType<typeof sql>) => Number((await all<{ n: string }>(query))[0]!.n);
  expect(await n(sql`select count(*) as n from topics`)).toBe(rows("Posts.xml", /PostTypeId="1"/));
  expect(await n(sql`select count(*) as n from import_links where kind = 'post'`)).toBe(rows("Posts.xml", /PostTypeId="[12]"/));
  expect(await n(sql`select count(*) as n from import_links where kind = 'comment'`)).toBe(rows("Comments.xml", /PostId/));
  expect(await n(sql`select count(*) as n from import_links where kind = 'member' and external_id not like 'name:%'`)).toBe(rows("Users.xml", /Id=/));
  expect(await n(sql`select count(*) as n from topics where accepted_post_id is not null`)).toBe(rows("Posts.xml", /AcceptedAnswerId=/));
  expect(await n(sql`select sum(earned_count) as n from member_badges`)).toBe(rows("Badges.xml", /UserId=/));
  expect(skippedCount).toBe(1);
  expect(await n(sql`select count(*) as n from posts where body_html ~* '<script|javascript:|<iframe|pending\\.invalid' or body_text = ''`)).toBe(0);
}, 240_000);
