import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { auditLog, badges, memberBadges, members, profileAnswers, profileFields } from "#db/schema/accounts.ts";
import { topics } from "#db/schema/forums.ts";
import { eq } from "drizzle-orm";
import type { Member } from "#app/core/viewer.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { recordedEvents } from "#tests/support/work.ts";

/** A guest whom no kept page is shown: each look is at things as they are. */
const guest = { cookie: "wellspring=of-nobody" };
const look = async (path: string, { as }: { as?: Member } = {}) => (await visit(path, as ? { as } : guest)).text();

test("a profile shows who it is, and the name in its address is redirected to as its member writes it", async () => {
  await make.member({ username: "Ada_L", name: "Ada Lovelace", title: "Engines", bio: "I like <b>numbers</b>.", label: "employee", location: "London", website: "https://example.com/ada" });
  const page = await look("/u/Ada_L");
  for (const words of ["Ada Lovelace", "@Ada_L", "Engines", "I like &lt;b&gt;numbers&lt;/b&gt;.", "Employee", "London", "example.com/ada", 'rel="nofollow ugc noopener"']) expect(page).toContain(words);
  for (const [path, right] of [["/u/ada_l", "/u/Ada_L"], ["/u/ADA_L/posts?before=3", "/u/Ada_L/posts?before=3"], ["/u/Ada_L/topics", "/u/Ada_L"]]) {
    const response = await visit(path!);
    expect([response.status, response.headers.get("location")]).toEqual([301, right]);
  }
});

test.each(["/u/nobody", "/u/ada/nonsense", `/u/${"x".repeat(500)}`, "/u/a%00b"])("%s is no page", async (path) => {
  expect([400, 404]).toContain((await visit(path)).status);
});

test("an address, a password and where somebody is from the network are on no page", async () => {
  const ada = await make.member({ username: "ada", email: "canary@example.com", passwordHash: "$argon2id$canary", pendingEmail: "canary2@example.com" });
  for (const as of [undefined, await make.member(), ada, await make.member({ role: "admin" })]) {
    expect(await look("/u/ada", { as })).not.toContain("canary");
  }
});

test("what was said where outsiders may not look is on no tab and in no count", async () => {
  const ada = await make.member({ username: "ada" });
  const hidden = await make.category({ staff: "create" });
  const open = await make.topic({ authorId: ada.id, title: "Open talk" });
  const outside = async (path: string) => (await look(path)).replace(/nonce="[^"]*"|"nonce":"[^"]*"/g, "");
  const paths = ["/u/ada", "/u/ada/posts", "/u/ada/solutions"];
  await make.post({ topicId: open.id, authorId: ada.id });
  const before = await Promise.all(paths.map(outside));

  const secret = await make.topic({ authorId: ada.id, categoryId: hidden.id, title: "Secret plan" });
  await make.post({ topicId: secret.id, authorId: ada.id });
  const answer = await make.post({ topicId: secret.id, authorId: ada.id, body: text("Nobody must know") });
  await db.update(topics).set({ acceptedPostId: answer.id }).where(eq(topics.id, secret.id));
  await make.topic({ authorId: ada.id, categoryId: open.categoryId, title: "Taken away", removedAt: new Date() });
  await make.topic({ authorId: ada.id, categoryId: open.categoryId, title: "By its address only", unlistedAt: new Date() });
  await make.post({ topicId: open.id, authorId: ada.id, body: text("Regretted"), removedAt: new Date() });

  // Nothing an outsider is sent tells that any of this happened.
  expect(await Promise.all(paths.map(outside))).toEqual(before);

  const staff = await make.member({ role: "moderator" });
  expect(await look("/u/ada", { as: staff })).toContain("Secret plan");
  for (const path of ["/u/ada/posts", "/u/ada/solutions"]) expect(await look(path, { as: staff })).toContain("Nobody must know");
});

test("lists go on where they stopped, nothing twice and nothing missed, also within one moment", async () => {
  const ada = await make.member({ username: "ada" });
  const { id: categoryId } = await make.category();
  const at = new Date("2026-03-01T12:00:00.123Z");
  for (let n = 1; n <= 45; n++) await make.topic({ authorId: ada.id, categoryId, title: `Number ${n}.`, createdAt: at });
  const seen: string[] = [];
  let path: string | undefined = "/u/ada";
  while (path) {
    const page: string = await look(path);
    seen.push(...[...page.matchAll(/>(Number \d+\.)<\/a>/g)].map(([, title]) => title!));
    path = /href="(\/u\/ada\?before=\d+)"/.exec(page)?.[1];
  }
  expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => `Number ${45 - index}.`));
});

test.each(["before=x", "before=-1", "before=1e9", "before=99999999999999999", "before=1&before=2", "before[]=1"])("?%s is no failure", async (query) => {
  await make.member({ username: "ada" });
  expect((await visit(`/u/ada?${query}`)).status).toBe(200);
});

test("answers for staff only are in nothing that others are sent", async () => {
  const ada = await make.member({ username: "ada" });
  const [open] = await db.insert(profileFields).values({ name: "Your bike" }).returning();
  const [inHouse] = await db.insert(profileFields).values({ name: "Customer number", staffOnly: true }).returning();
  await db.insert(profileAnswers).values([{ memberId: ada.id, fieldId: open!.id, value: "Brompton" }, { memberId: ada.id, fieldId: inHouse!.id, value: "CN-4711" }]);
  for (const as of [undefined, await make.member()]) {
    for (const path of ["/u/ada", "/u/ada.data", "/u/ada/badges"]) {
      const answer = await look(path, { as });
      expect(answer).not.toMatch(/CN-4711|Customer number/);
    }
    expect(await look("/u/ada", { as })).toContain("Brompton");
  }
  expect(await look("/u/ada", { as: await make.member({ role: "moderator" }) })).toContain("CN-4711");
});

test("badges are shown with their reason", async () => {
  const ada = await make.member({ username: "ada" });
  const [badge] = await db.insert(badges).values({ slug: "teacher", name: "Teacher", description: "Ten accepted answers", tier: "gold" }).returning();
  await db.insert(memberBadges).values({ memberId: ada.id, badgeId: badge!.id, earnedAt: new Date(), earnedCount: 3 });
  const page = await look("/u/ada/badges");
  for (const words of ["Teacher", "Ten accepted answers", "3 times", "Gold"]) expect(page).toContain(words);
});

test("admins alone say in whose name a member speaks, and it is written down", async () => {
  const ada = await make.member({ username: "ada" });
  const admin = await make.member({ role: "admin" });
  for (const as of [ada, await make.member(), await make.member({ role: "moderator" })]) {
    expect((await visit("/u/ada/label", { as, form: { label: "employee" } })).status).toBe(403);
    expect(await look("/u/ada", { as })).not.toContain("/u/ada/label");
  }
  expect((await visit("/u/ada/label", { form: { label: "employee" } })).status).toBe(302);
  expect(await db.$count(auditLog)).toBe(0);

  expect(await look("/u/ada", { as: admin })).toContain("/u/ada/label");
  expect((await visit("/u/ada/label", { as: admin, form: { label: "owner" } })).status).toBe(422);
  expect((await visit("/u/ADA/label", { as: admin, form: { label: "partner" } })).headers.get("location")).toBe("/u/ada");
  expect(await db.select().from(auditLog)).toMatchObject([{ actorId: admin.id, action: "member.labelled", target: `member:${ada.id}`, detail: { from: null, to: "partner" } }]);
  expect(await recordedEvents()).toMatchObject([{ type: "member.changed", memberId: ada.id }]);
  await visit("/u/ada/label", { as: admin, form: { label: "" } });
  expect((await db.select().from(members).where(eq(members.id, ada.id)))[0]!.label).toBeNull();
});

test("members write their own profile, and nothing of it that is not theirs to say", async () => {
  const ada = await make.member({ username: "ada" });
  const [field] = await db.insert(profileFields).values({ name: "Your bike" }).returning();
  const form = { name: "  Ada\u202e  L\u200bovelace ", title: "Rider", bio: "Line one\r\nLine two", location: "Bath", website: "https://example.com", [`field-${field!.id}`]: "Brompton", "field-999": "x", label: "employee", username: "root", email: "x@y.test" };
  expect((await visit("/settings/profile", { as: ada, form })).status).toBe(302);
  const [row] = await db.select().from(members).where(eq(members.id, ada.id));
  expect(row).toMatchObject({ name: "Ada L ovelace", bio: "Line one\nLine two", website: "https://example.com", label: null, username: "ada", email: ada.username === "ada" ? row!.email : "" });
  expect(await db.select().from(profileAnswers)).toEqual([{ memberId: ada.id, fieldId: field!.id, value: "Brompton" }]);
  expect(await recordedEvents()).toMatchObject([{ type: "member.changed" }]);
});

test.each([
  ["an empty name", { name: "  " }], ["a name nobody sees", { name: "\u200b\u202e" }], ["a long name", { name: "x".repeat(61) }], ["a long bio", { bio: "x".repeat(3001) }],
  ["a script for a website", { website: "javascript:alert(1)" }], ["no website", { website: "example" }], ["a website with a password", { website: "https://a:b@example.com" }], ["two names", { name: ["a", "b"] }],
])("%s is refused, with what was typed kept", async (_what, wrong) => {
  const ada = await make.member();
  const response = await visit("/settings/profile", { as: ada, form: { name: "Ada", title: "kept as typed", ...wrong } as never });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("kept as typed");
});

test("other links stand on the profile as they were given, once each, and are refused at their field", async () => {
  const ada = await make.member({ username: "ada" });
  const send = (links: string) => visit("/settings/profile", { as: ada, form: { name: "Ada", links } });
  expect((await send(" https://example.com/a\r\n\r\nhttps://example.org/b\nhttps://example.com/a")).status).toBe(302);
  expect((await db.select().from(members).where(eq(members.id, ada.id)))[0]!.links).toEqual(["https://example.com/a", "https://example.org/b"]);
  const page = await (await visit("/u/ada")).text();
  expect(page.match(/href="https:\/\/example\.(com\/a|org\/b)" rel="nofollow ugc noopener"/g)).toHaveLength(2);
  for (const [wrong, why] of [["https://example.com\njavascript:alert(1)", "A website begins with"], [Array.from({ length: 6 }, (_, n) => `https://example.com/${n}`).join("\n"), "Five links are the most."]] as const) {
    const refused = await send(wrong);
    const text = await refused.text();
    expect([refused.status, text.includes(why), text.includes(wrong.split("\n")[1]!)]).toEqual([422, true, true]);
  }
});

test("the suspended write nothing about themselves", async () => {
  const ada = await make.member({ suspendedUntil: new Date(Date.now() + 86_400_000) });
  expect((await visit("/settings/profile", { as: ada, form: { name: "Ada" } })).status).toBe(403);
});
