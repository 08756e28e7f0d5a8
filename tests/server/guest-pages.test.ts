import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { revokeRight } from "#app/community/rights.ts";
import { record, type DomainEvent } from "#app/core/events.ts";
import { tagsOf } from "#app/core/page-tags.ts";
import { createReply } from "#app/forums/replies.ts";
import { tagsOfAddress, withoutNonce } from "#app/server/web/guest-pages.ts";
import { db } from "#db/client.ts";
import { categoryRights } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

async function aTopic(title = "Pumps and seals") {
  const topic = await make.topic({ title });
  await make.post({ topicId: topic.id });
  return { topic, page: `/t/${topic.slug}/${topic.id}` };
}

/** Until the page is kept: another test's event may still be on its way when it is first made. */
async function keep(page: string): Promise<Response> {
  return vi.waitFor(async () => {
    const answer = await visit(page);
    expect(answer.headers.get("x-cache")).toBe("hit");
    return answer;
  }, 5000);
}

async function untilGone(page: string): Promise<Response> {
  return vi.waitFor(async () => {
    const answer = await visit(page);
    expect(answer.headers.get("x-cache")).not.toBe("hit");
    return answer;
  }, { timeout: 3000, interval: 5 });
}

test("a guest's second look comes from what is kept, and a third needs no bytes", async () => {
  const { page } = await aTopic();
  const kept = await keep(page);
  expect(await kept.text()).toContain("Pumps and seals");
  const again = await visit(page, { headers: { "if-none-match": kept.headers.get("etag")! } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect(again.headers.get("content-security-policy")).toContain("sha256-");
  expect((await keep(`${page}.data`)).headers.get("content-type")).toMatch("text/x-script");
});

test("the scripts of a kept page are named by their hashes, and no number is used twice", async () => {
  const { page } = await aTopic();
  const kept = await keep(page);
  const html = await kept.text();
  expect(html).not.toContain("nonce=");
  expect(kept.headers.get("content-security-policy")).not.toContain("nonce-");
  expect(/script-src ([^;]*)/.exec(kept.headers.get("content-security-policy")!)![1]!.split(" ").length).toBeGreaterThan(3);
});

test("a script that came in with content is not named, so it does not run", () => {
  const { text: html, hashes } = withoutNonce('<script nonce="n">ours()</script><p><script>theirs()</script></p><script nonce="m">guessed()</script>', "n");
  expect(hashes).toHaveLength(1);
  expect(html).toContain("<script>ours()</script>");
});

test("a new reply is on the next page a guest gets", async () => {
  const { topic, page } = await aTopic();
  await keep(page);
  await keep("/");
  await createReply(await make.member(), topic.id, { body: text("It was the valve") });
  expect(await (await untilGone(page)).text()).toContain("It was the valve");
  await untilGone("/");
});

test("a change that is rolled back drops nothing", async () => {
  const { topic, page } = await aTopic();
  await keep(page);
  const change = db.transaction(async (tx) => {
    await record(tx, { type: "topic.removed", topicId: topic.id, categoryId: topic.categoryId, actorId: topic.authorId });
    throw new Error("changed our mind");
  });
  await expect(change).rejects.toThrow("changed our mind");
  await db.execute(sql`select 1`);
  expect((await visit(page)).headers.get("x-cache")).toBe("hit");
});

test("a right taken away takes the kept pages with it", async () => {
  const { topic, page } = await aTopic();
  await keep(page);
  await keep("/");
  const rights = await db.select().from(categoryRights);
  const admin = await make.member({ role: "admin" });
  for (const right of rights) await revokeRight(admin, right);
  expect((await untilGone(page)).status).toBe(404);
  expect(await (await untilGone("/")).text()).not.toContain(topic.title);
});

test("a topic that is removed is gone from every kept page", async () => {
  const { topic, page } = await aTopic();
  await keep(page);
  await keep("/");
  await db.transaction(async (tx) => {
    await tx.update(topics).set({ removedAt: new Date() });
    await record(tx, { type: "topic.removed", topicId: topic.id, categoryId: topic.categoryId, actorId: topic.authorId });
  });
  expect((await untilGone(page)).status).toBe(404);
  expect(await (await untilGone("/")).text()).not.toContain(topic.title);
});

test("what a member sees is never kept, nor given what is", async () => {
  const category = await make.category({ members: "create" });
  const topic = await make.topic({ categoryId: category.id, title: "Among members" });
  await make.post({ topicId: topic.id });
  const member = await make.member({ username: "somebody", name: "Some Body" });
  for (const page of ["/", `/t/${topic.slug}/${topic.id}`]) {
    expect(await (await visit(page, { as: member })).text()).toContain("Among members");
    expect((await visit(page, { as: member })).headers.get("x-cache")).toBeNull();
    expect(await (await visit(page)).text()).not.toMatch(/Among members|Some Body/);
  }
  expect((await visit("/", { cookie: "wellspring=expired" })).headers.get("x-cache")).toBeNull();
});

test.each([
  { host: "evil.test" },
  { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https", "x-forwarded-for": "9.9.9.9" },
  { "user-agent": "evil.test <script>alert(1)</script>" },
  { "accept-language": "evil.test" },
  { referer: "https://evil.test/" },
  { "x-remix-redirect": "https://evil.test" },
  { "x-react-router-spa-mode": "yes", "x-remix-spa-mode": "yes" },
  { accept: "application/json" },
  { cookie: "density=evil.test; theme=evil.test" },
  { range: "bytes=0-3" },
] as Record<string, string>[])("nothing of one guest's request reaches the next one's page: %o", async (headers) => {
  const { page } = await aTopic();
  await db.transaction((tx) => record(tx, { type: "places.changed" }));
  const first = await vi.waitFor(() => visit(page, { headers: headers }));
  const next = await keep(page);
  const html = await next.text();
  expect(html).not.toContain("evil.test");
  expect(html).toContain("Pumps and seals");
  expect(next.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect([first.status, next.status]).toEqual([200, 200]);
});

test("errors, redirects and forms are never kept", async () => {
  const { topic } = await aTopic();
  for (const path of ["/t/nothing/999999", `/t/wrong-slug/${topic.id}`, "/sign-in", "/nothing-here"]) {
    await visit(path);
    expect((await visit(path)).headers.get("x-cache")).not.toBe("hit");
  }
});

test.each<[string, string[] | null]>([
  ["/", ["lists"]], ["/_root.data", ["lists"]], ["/latest?before=5", ["lists"]], ["/d/bikes", ["lists"]], ["/c/help/3", ["lists"]], ["/u/ada", ["lists"]], ["/tag/x", ["lists"]],
  ["/w/handbook", ["lists"]], ["/w/handbook/ovens-12", ["lists"]], ["/w/handbook/12?comment=3", ["lists"]], ["/w/handbook/ovens-12.data", ["lists"]],
  ["/w/handbook/new", null], ["/w/handbook/review", null], ["/w/handbook/promote?topic=1", null], ["/w/handbook/suggest?q=x", null], ["/w/handbook/ovens-12/history", null], ["/w/handbook/ovens-12/edit", null], ["/w/handbook/export.zip", null],
  ["/t/a/12", ["topic:12"]], ["/t/a/12/5", ["topic:12"]], ["/t/a/12.data?_routes=root", ["topic:12"]],
  ["/t/a/012", null], ["/t/a/12/history", null], ["/t/a/12/5/edit", null], ["/settings/profile", null], ["/u/ada/drafts", null], ["/notifications", null],
  ["/files/key/name", null], ["/admin", null], ["/sign-in", null], ["/unread", null], ["/d/../admin", null], [`/t/${"a".repeat(300)}/1`, null],
])("%s is kept as %o", (url, tags) => expect(tagsOfAddress(url)).toEqual(tags));

test.each<[DomainEvent, string[]]>([
  [{ type: "post.created", topicId: 1, categoryId: 2, postId: 3, postNumber: 4, authorId: 5 }, ["topic:1", "lists"]],
  [{ type: "post.removed", topicId: 1, categoryId: 2, postId: 3, postNumber: 4, actorId: 5 }, ["all"]],
  [{ type: "topic.removed", topicId: 1, categoryId: 2, actorId: 5 }, ["all"]],
  [{ type: "topic.moved", topicId: 1, categoryId: 2, actorId: 5, fromCategoryId: 6 }, ["all"]],
  [{ type: "access.changed", of: "category", id: 1 }, ["all"]],
  [{ type: "member.changed", memberId: 1 }, ["all"]],
  [{ type: "notification.changed", memberId: 1 }, []],
])("%o drops %o", (event, tags) => expect(tagsOf(event)).toEqual(tags));
