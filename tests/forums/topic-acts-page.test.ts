import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { topicPath } from "#app/forums/paths.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const topicActs = ["vote", "status", "pin", "unpin", "banner", "close", "reopen", "auto-close", "unlist", "archive", "remove", "restore"];
const postActs = ["react", "accept", "unaccept", "restore", "remove", "edit", "history"];
const form = { scope: "category", status: "planned", reason: "", body: "Hello", stamp: "1", revision: "1" };

/** The same words whatever the topic is called, so that answers can be compared. */
const sameEverywhere = (page: string) => page.replaceAll(/nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|\/t\/[\w-]+\/\d+|\d{13}/g, "");

test("for whoever may not see a topic every act on it answers as if there were none", async () => {
  const hidden = await make.topic({ categoryId: (await make.category({ staff: "create" })).id, kind: "idea", title: "Secret plan" });
  await make.post({ topicId: hidden.id });
  const outsider = await make.member();
  for (const path of [...topicActs.map((act) => `/${act}`), ...postActs.map((act) => `/1/${act}`)]) {
    const sent = { ...form, on: path.endsWith("/react") ? "like" : "1" };
    const one = await visit(`/t/x/${hidden.id}${path}`, { as: outsider, form: sent });
    const none = await visit(`/t/x/999999${path}`, { as: outsider, form: sent });
    expect([path, one.status, sameEverywhere(await one.text())]).toEqual([path, 404, sameEverywhere(await none.text())]);
  }
  for (const path of ["", "/1", "/posts?from=1", "/jump?to=1", "/edit", "/manage", "/1/edit", "/1/history", "/1/remove", "/1/reactions", "/1/replies"]) {
    expect([path, (await visit(`/t/x/${hidden.id}${path}`, { as: outsider })).status]).toEqual([path, 404]);
  }
  const [after] = await db.select().from(topics).where(eq(topics.id, hidden.id));
  expect(after!.version).toBe(hidden.version);
});

test("what was removed reaches nobody but moderators, on any page", async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const author = await make.member();
  const gone = await make.post({ topicId: topic.id, authorId: author.id, body: text("The unsayable word is xylograph.") });
  await make.post({ topicId: topic.id, replyToNumber: gone.number });
  const moderator = await make.member({ role: "moderator" });
  await removePost(moderator, { topicId: topic.id, postNumber: 2 }, { reason: "because-of-rule-seven" });

  for (const as of [undefined, await make.member(), author]) {
    for (const path of ["", "/2", "/3?reply=2&quote=1", "/posts.data?from=1", "/2/history", "/2/reactions"]) {
      const page = await (await visit(topicPath(topic) + path, { as })).text();
      expect([path, page.includes("xylograph"), page.includes("rule-seven")]).toEqual([path, false, false]);
    }
  }
  const seen = await (await visit(topicPath(topic), { as: moderator })).text();
  expect(seen).toContain("xylograph");
  expect(seen).toContain("because-of-rule-seven");
});

test("search engines are asked to pass by what is in no list", async () => {
  const [listed, unlisted] = [await make.topic(), await make.topic({ unlistedAt: new Date() })];
  const robots = async (topic: typeof listed) => /<meta name="robots" content="([^"]*)"/.exec(await (await visit(topicPath(topic))).text())?.[1];
  expect([await robots(listed), await robots(unlisted)]).toEqual([undefined, "noindex"]);
});

test("an address deep in a long topic answers with that post, whatever lies before it", async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  await db.execute(sql`insert into posts (topic_id, number, author_id, body, body_html, body_text, render_version)
    select ${topic.id}, n, ${topic.authorId}, '{"type":"doc"}', '<p>This is number ' || n || '.</p>', 'x', 1 from generate_series(2, 5000) n`);
  await db.update(topics).set({ lastPostNumber: 5000, postCount: 5000 }).where(eq(topics.id, topic.id));

  const page = await (await visit(topicPath(topic, 4330))).text();
  expect(page).toContain("<p>This is number 4330.</p>");
  expect(page).not.toContain("<p>This is number 4320.</p>");
  expect(page).toMatch(/rel="canonical" href="[^"]*\/4321"/);
  for (const bad of ["/5001", "/0", "/-1", "/1e3", "/99999999999999999999"]) expect([bad, (await visit(topicPath(topic) + bad)).status]).toEqual([bad, 404]);
});

test("an edit over a newer text shows both, and keeps what was typed", async () => {
  const author = await make.member();
  const post = await make.post({ authorId: author.id, body: text("What it says now.") });
  const [topic] = await db.select().from(topics).where(eq(topics.id, post.topicId));
  const response = await visit(`${topicPath(topic!, 1)}/edit`, { as: author, form: { body: "What I would say.", stamp: "1.stale", reason: "" } });
  expect(response.status).toBe(409);
  const page = await response.text();
  expect(page).toContain("What it says now.");
  expect(page).toContain("What I would say.");
  expect((await db.select().from(posts))[0]!.bodyText).toBe("What it says now.");
});

test("a form sent twice posts once, and lists where words belong are refused", async () => {
  const topic = await make.topic();
  const author = await make.member();
  const key = "0b0f8a0e-5a59-4e5e-8a57-3f2f9a1d1c11";
  const answers = await Promise.all([1, 2].map(() => visit(topicPath(topic), { as: author, form: { body: "Once.", key } })));
  expect(answers.map(({ status }) => status)).toEqual([302, 302]);
  expect(await db.$count(posts)).toBe(1);
  expect((await visit(topicPath(topic), { as: author, form: { body: ["a", "b"] } })).status).toBe(422);
  expect((await visit(topicPath(topic), { as: author, form: { body: "x".repeat(1_200_000) } })).status).toBe(413);
});
