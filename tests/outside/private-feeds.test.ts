import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { changePassword } from "#app/accounts/credentials.ts";
import { hashPassword } from "#app/accounts/passwords.ts";
import { addToGroup, removeFromGroup } from "#app/community/group-members.ts";
import { suspendMember, unsuspendMember } from "#app/community/member-admin.ts";
import { grantRight } from "#app/community/rights.ts";
import { config } from "#app/core/config.ts";
import type { Member } from "#app/core/viewer.ts";
import { createTopic } from "#app/forums/topics.ts";
import { makeAddress, MOST_ADDRESSES, renewAddress, revokeAddress } from "#app/outside/private-feeds.ts";
import { db } from "#db/client.ts";
import { auditLog, members } from "#db/schema/accounts.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { topics } from "#db/schema/forums.ts";
import { feedAddresses } from "#db/schema/outside.ts";
import { reactions } from "#app/server/reactions.ts";
import { make, text } from "#tests/support/make.ts";
import { all, readXml, textOf } from "#tests/support/read-xml.ts";
import { visit } from "#tests/support/visit.ts";

/** A place that one group sees, with something in it, and a member of that group. */
async function aClosedPlace() {
  const [owner, member] = [await make.member({ role: "owner" }), await make.member()];
  const group = await make.group();
  const lounge = await make.category({}, { name: "Lounge", slug: "lounge" });
  await grantRight(owner, { categoryId: lounge.id, groupId: group.id }, "create");
  for (const { id } of [owner, member]) await addToGroup(owner, { groupId: group.id, memberId: id });
  const topic = await createTopic(owner, lounge.id, { title: "Zephyrquill", kind: "discussion", body: text("Quiet."), tags: ["hush"], key: undefined });
  return { owner, member, group, lounge, topic, path: `/c/lounge/${lounge.id}` };
}

const addressOf = async (member: Member, path: string) => `/feeds/${(await makeAddress(member, path, "Site")).token}`;
const titlesAt = async (address: string) => {
  const answer = await visit(`${address}/atom`);
  expect(answer.status).toBe(200);
  return all(readXml(await answer.text()), "entry").map((entry) => textOf(entry, "title"));
};
const statusOf = async (address: string) => (await visit(`${address}/rss`)).status;

test("an address of one's own shows what its member may see, in every form, and nobody on the way may keep it", async () => {
  const { member, path } = await aClosedPlace();
  expect((await visit(`${path}.rss`)).status).toBe(404);
  const address = await addressOf(member, path);
  for (const [format, type] of [["rss", "application/rss+xml"], ["atom", "application/atom+xml"], ["json", "application/feed+json"]]) {
    const answer = await visit(`${address}/${format}`);
    expect(await answer.text(), format).toContain("Zephyrquill");
    expect(answer.headers.get("content-type")).toContain(type);
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("x-robots-tag")).toBe("noindex");
    const again = await visit(`${address}/${format}`, { headers: { "if-none-match": answer.headers.get("etag")! } });
    expect([again.status, again.headers.get("cache-control")]).toEqual([304, "private, no-cache"]);
  }
  const twin = await visit(`${address}/rss.data`);
  expect(twin.headers.get("cache-control") ?? "").toMatch(/private|no-store/);
});

test("every list can be followed by an address of one's own, and it survives new names", async () => {
  const { owner, member, group, topic, path } = await aClosedPlace();
  const blog = await make.blog({ slug: "letters", categoryId: (await make.category({}, { holds: "blog" })).id });
  await grantRight(owner, { categoryId: blog.categoryId, groupId: group.id }, "see");
  await make.article({ blogId: blog.id, title: "Marmalade", authorId: owner.id });
  const wiki = await make.wiki({ slug: "manual", categoryId: (await make.category({}, { holds: "wiki" })).id });
  await grantRight(owner, { categoryId: wiki.categoryId, groupId: group.id }, "see");
  await make.page({ wikiId: wiki.id, title: "Doors" });
  const shown: [string, string][] = [
    ["/latest", "Zephyrquill"], [path, "Zephyrquill"], ["/tag/hush/topics", "Zephyrquill"], [`/u/${owner.username}/topics`, "Zephyrquill"], [`/t/x/${topic.id}`, "Zephyrquill"],
    ["/blogs", "Marmalade"], ["/b/letters", "Marmalade"], [`/b/letters/by/${owner.username}/articles`, "Marmalade"], ["/w/manual", "Doors"],
  ];
  const made = await Promise.all(shown.map(async ([list, title]) => [list, title, await addressOf(member, list)] as const));
  for (const [list, title, address] of made) expect(await titlesAt(address), list).toContain(title);
  await db.update(blogs).set({ slug: "post" }).where(eq(blogs.id, blog.id));
  await db.update(members).set({ username: "landlady", usernameSkeleton: "landlady" }).where(eq(members.id, owner.id));
  for (const [list, title, address] of made) expect(await titlesAt(address), list).toContain(title);
});

test("a right that is taken away is gone at the next look, and what is hidden, unlisted or a draft is in no feed", async () => {
  const { owner, member, group, lounge, topic, path } = await aClosedPlace();
  const [category, latest] = [await addressOf(member, path), await addressOf(member, "/latest")];
  const etag = (await visit(`${latest}/rss`)).headers.get("etag")!;
  await db.update(topics).set({ unlistedAt: new Date() }).where(eq(topics.id, topic.id));
  expect(await titlesAt(latest)).toEqual([]);
  expect((await visit(`${latest}/rss`, { headers: { "if-none-match": etag } })).status).toBe(200);
  await db.update(topics).set({ unlistedAt: null }).where(eq(topics.id, topic.id));
  expect(await titlesAt(latest)).toEqual(["Zephyrquill"]);

  await removeFromGroup(owner, { groupId: group.id, memberId: member.id });
  expect(await titlesAt(latest)).toEqual([]);
  expect(await statusOf(category)).toBe(404);
  // It comes back with the right.
  await addToGroup(owner, { groupId: group.id, memberId: member.id });
  expect(await titlesAt(category)).toEqual(["Zephyrquill"]);

  const blog = await make.blog({ rights: { members: "see" } });
  const draft = await make.article({ blogId: blog.id, authorId: member.id, title: "Unripe", state: "draft" });
  const ofBlog = await addressOf(member, `/b/${blog.slug}`);
  expect(await titlesAt(ofBlog)).toEqual([]);
  await db.update(articles).set({ state: "published", publishedAt: new Date() }).where(eq(articles.id, draft.id));
  expect(await titlesAt(ofBlog)).toEqual(["Unripe"]);
  await db.update(articles).set({ removedAt: new Date() }).where(eq(articles.id, draft.id));
  expect(await titlesAt(ofBlog)).toEqual([]);
  expect(lounge.id).toBeGreaterThan(0);
});

test("an address ends when it is renewed or ended, with a new password, a suspension, and the account", async () => {
  const { owner, member, path } = await aClosedPlace();
  const idOf = async () => (await db.select().from(feedAddresses).where(eq(feedAddresses.memberId, member.id)))[0]!.id;
  const first = await addressOf(member, path);
  const second = `/feeds/${(await renewAddress(member, await idOf(), "Site")).token}`;
  expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);
  // Made again, it is the same one renewed.
  const third = await addressOf(member, path);
  expect([await statusOf(second), await statusOf(third)]).toEqual([404, 200]);
  await revokeAddress(owner, await idOf());
  expect(await statusOf(third), "by somebody else").toBe(200);
  await revokeAddress(member, await idOf());
  expect(await statusOf(third)).toBe(404);

  const fourth = await addressOf(member, path);
  await db.update(members).set({ passwordHash: await hashPassword("a kettle of six fish") }).where(eq(members.id, member.id));
  await changePassword(member, { current: "a kettle of six fish", password: "a kettle of seven fish" }, { ip: "127.0.0.1", userAgent: "" });
  expect(await statusOf(fourth), "new password").toBe(404);

  const fifth = await addressOf(member, path);
  await suspendMember(owner, member.id, { days: 3, reason: "x" });
  expect(await statusOf(fifth), "suspended").toBe(404);
  await unsuspendMember(owner, member.id);
  expect(await statusOf(fifth), "for good").toBe(404);

  const sixth = await addressOf(member, path);
  // However they came to be suspended.
  await db.update(members).set({ suspendedUntil: new Date(Date.now() + 9e7) }).where(eq(members.id, member.id));
  expect(await statusOf(sixth)).toBe(404);
  await db.update(members).set({ suspendedUntil: null }).where(eq(members.id, member.id));
  expect(await statusOf(sixth)).toBe(200);
  for (const [name, react] of Object.entries(reactions["member.erased"])) if (name === "endAddresses") await react({ type: "member.erased", memberId: member.id });
  expect(await statusOf(sixth), "erased").toBe(404);
});

test("the secret opens feeds only, stands nowhere, and what is none answers like what is hidden", async () => {
  const { member, path, topic } = await aClosedPlace();
  const { token } = await makeAddress(member, path, "Site");
  const [row] = await db.select().from(feedAddresses);
  expect(row!.tokenHash).toBe(createHash("sha256").update(token).digest("hex"));
  expect(JSON.stringify([await db.select().from(feedAddresses), await db.select().from(auditLog)])).not.toContain(token);

  // As a cookie, a header, a query: nothing else takes it.
  for (const page of [`/t/${topic.slug}/${topic.id}`, path, `${path}.rss`, "/settings/feeds"]) {
    for (const tried of [{ cookie: `wellspring=${token}` }, { headers: { authorization: `Bearer ${token}` } }]) expect([302, 401, 404], page).toContain((await visit(page, tried)).status);
    expect([302, 404], page).toContain((await visit(`${page}?token=${token}`)).status);
  }
  const told = async (address: string) => {
    const answer = await visit(address);
    return `${answer.status} ${[...answer.headers].filter(([name]) => !/^(date|x-request-id)$/.test(name)).join("\n")} ${await answer.text()}`;
  };
  const none = await told(`/feeds/${"a".repeat(43)}/rss`);
  expect(none).toMatch(/^404 /);
  await db.update(topics).set({ removedAt: new Date() });
  const ofTopic = await makeAddress(member, "/latest", "Site");
  await revokeAddress(member, (await db.select().from(feedAddresses).where(eq(feedAddresses.feed, "topics")))[0]!.id);
  for (const tried of [`/feeds/${ofTopic.token}/rss`, "/feeds/x/rss", `/feeds/${"a".repeat(500)}/rss`, `/feeds/${token}/xml`, `/feeds/${token}/rss.rss`.replace("/rss.rss", "/html")]) expect(await told(tried), tried).toBe(none);
});

test("one address cannot be asked without end, and says when it can be again", async () => {
  const { member, path } = await aClosedPlace();
  const address = await addressOf(member, path);
  const statuses = new Set<number>();
  let last: Response | undefined;
  for (let at = 0; at < 61; at++) statuses.add((last = await visit(`${address}/rss`, { headers: { "if-none-match": "x" } })).status);
  expect([...statuses]).toEqual([200, 429]);
  expect(Number(last!.headers.get("retry-after"))).toBeGreaterThan(0);
  // Another's is not held up by it.
  expect(await statusOf(await addressOf(member, "/latest"))).toBe(200);
});

test("nobody gets an address of what they do not see, nor more than there are lists to follow", async () => {
  const { owner, path } = await aClosedPlace();
  const outsider = await make.member();
  for (const list of [path, "/c/x/999", "/nothing", "", "/d/%E0%A4%A", "https://elsewhere.example/latest"]) await expect(makeAddress(outsider, list, "Site"), list).rejects.toThrow("core.notFound");
  await db.insert(feedAddresses).values(Array.from({ length: MOST_ADDRESSES }, (_, at) => ({ memberId: owner.id, feed: `topic:${1000 + at}:posts`, tokenHash: `x${at}` })));
  await expect(makeAddress(owner, path, "Site")).rejects.toThrow("outside.tooManyAddresses");
  const suspended = await make.member({ suspendedUntil: new Date(Date.now() + 9e7) });
  await expect(makeAddress(suspended, "/latest", "Site")).rejects.toThrow("forums.suspended");
});

test("a private feed names no hub, and is known by another name than the public one of the same list", async () => {
  const before = config.websubHub;
  config.websubHub = "https://hub.example/";
  try {
    const { member } = await aClosedPlace();
    const answer = await visit(`${await addressOf(member, "/latest")}/atom`);
    const body = await answer.text();
    expect(body).not.toContain("hub.example");
    expect(answer.headers.get("link")).toBeNull();
    expect(textOf(readXml(body), "id")).toMatch(/:topics:for:\d+$/);
  } finally {
    config.websubHub = before;
  }
});

test("lists offer the address, it is shown once, renewed and ended in the settings, without a script too", async () => {
  const { member, path } = await aClosedPlace();
  const page = await (await visit(path, { as: member })).text();
  const offer = /href="(\/settings\/feeds\?of=[^"]+)"/.exec(page)![1]!.replaceAll("&amp;", "&");
  const settings = await (await visit(offer, { as: member })).text();
  expect(settings).toContain("Lounge");
  expect(settings, "guests see no such list").not.toContain(".rss\"");

  const answer = await visit(offer, { as: member, form: { intent: "make", of: path } });
  const made = /value="[^"]*(\/feeds\/[\w-]{43})\/rss"/.exec(await answer.text())![1]!;
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await titlesAt(made)).toEqual(["Zephyrquill"]);
  const later = await (await visit("/settings/feeds", { as: member })).text();
  expect(later).not.toContain(made);
  const id = /name="addressId" value="(\d+)"/.exec(later)![1]!;
  const renewed = /value="[^"]*(\/feeds\/[\w-]{43})\/atom"/.exec(await (await visit("/settings/feeds", { as: member, form: { intent: "renew", addressId: id } })).text())![1]!;
  expect([await statusOf(made), await statusOf(renewed)]).toEqual([404, 200]);
  const other = await make.member();
  await visit("/settings/feeds", { as: other, form: { intent: "revoke", addressId: id } });
  expect((await visit("/settings/feeds", { as: other, form: { intent: "renew", addressId: id } })).status).toBe(404);
  expect(await statusOf(renewed)).toBe(200);
  const ended = await visit("/settings/feeds", { as: member, form: { intent: "revoke", addressId: id } });
  expect([ended.status, ended.headers.get("location")]).toEqual([302, "/settings/feeds?done=1"]);
  expect(await statusOf(renewed)).toBe(404);
  expect((await visit("/settings/feeds")).status).toBe(302);
  expect(await (await visit("/latest")).text(), "guests are offered the public one").toContain('href="/latest.rss"');
});
