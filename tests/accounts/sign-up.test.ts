import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { topicPath } from "#app/forums/paths.ts";
import { db } from "#db/client.ts";
import { emailTokens, members } from "#db/schema/accounts.ts";
import { linkIn, sentMail } from "#tests/support/mailbox.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { recordedEvents } from "#tests/support/work.ts";

const fresh = { username: "grace", email: "grace@example.com", password: "a river runs uphill" };
const signUp = (form: Record<string, string | string[]> = fresh, headers: Record<string, string> = {}) => visit("/sign-up", { form, headers });
const cookieIn = (response: Response) => response.headers.get("set-cookie")!.split(";")[0]!;
const find = async (username: string) => (await db.select().from(members).where(eq(members.username, username)))[0];

test("signing up mails a link, and opening it and pressing the button confirms the address, once", async () => {
  const response = await signUp();
  expect([response.status, response.headers.get("location")]).toEqual([302, "/check-mail?next=%2F"]);
  expect(await recordedEvents()).toMatchObject([{ type: "member.created" }]);
  expect(await find("grace")).toMatchObject({ email: null, emailVerifiedAt: null, pendingEmail: "grace@example.com" });
  expect(await (await visit("/check-mail", { cookie: cookieIn(response) })).text()).toContain("grace@example.com");

  const [mail, ...others] = await sentMail();
  expect(others).toEqual([]);
  expect(mail).toContain('To: "grace" <grace@example.com>\r\n');
  const link = linkIn(mail);

  // Whoever scans mail opens links, more than once.
  for (let look = 0; look < 2; look++) {
    const page = await visit(link);
    expect(page.status).toBe(200);
    expect([page.headers.get("cache-control"), page.headers.get("referrer-policy")]).toEqual(["no-store", "same-origin"]);
    expect(await page.text()).toContain("Yes, confirm");
  }
  expect((await find("grace"))!.emailVerifiedAt).toBeNull();

  const confirmed = await visit(link, { form: {} });
  expect([confirmed.status, confirmed.headers.get("location")]).toEqual([302, "/sign-in?done=confirmed"]);
  expect(await find("grace")).toMatchObject({ email: "grace@example.com", pendingEmail: null });
  expect(await recordedEvents()).toMatchObject([{ type: "member.verified" }]);

  expect((await visit(link)).status).toBe(410);
  expect((await visit(link, { form: {} })).status).toBe(403);
});

test("the database and the queue never hold a link's token", async () => {
  await signUp();
  const queued = JSON.stringify(await db.execute("select payload from graphile_worker._private_jobs"));
  const token = linkIn((await sentMail())[0]).split("/").at(-1)!;
  const [row] = await db.select().from(emailTokens);
  expect(JSON.stringify(row)).not.toContain(token);
  expect(queued).not.toContain(token);
  expect(token).toHaveLength(43);
});

test("confirming in the browser that signed up stays signed in, with a new session", async () => {
  const before = cookieIn(await signUp());
  const response = await visit(linkIn((await sentMail())[0]), { cookie: before, form: {} });
  expect(response.headers.get("location")).toBe("/");
  expect(cookieIn(response)).not.toBe(before);
  expect((await visit("/settings/account", { cookie: before })).status).toBe(401);
  expect((await visit("/settings/account", { cookie: cookieIn(response) })).status).toBe(200);
});

test("until the address is confirmed, one reads and writes nothing", async () => {
  const cookie = cookieIn(await signUp());
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  expect((await visit(topicPath(topic), { cookie })).status).toBe(200);
  const body = JSON.stringify(text("Hello"));
  expect((await visit(topicPath(topic), { cookie, form: { body } })).status).toBe(403);
  expect((await visit("/settings/profile", { cookie, form: { name: "Grace", bio: "Buy my things" } })).status).toBe(403);
  expect(await find("grace")).toMatchObject({ name: "grace", bio: "" });

  const done = await visit(linkIn((await sentMail())[0]), { cookie, form: {} });
  expect((await visit(topicPath(topic), { cookie: cookieIn(done), form: { body } })).status).toBe(302);
});

test("a known and an unknown address are answered alike, and only their reader learns which it was", async () => {
  await make.member({ username: "ada", email: "ada@example.com" });
  const [known, unknown] = [await signUp({ ...fresh, email: "Ada@example.com" }), await signUp({ ...fresh, username: "linus", email: "linus@example.com" })];
  const shape = (response: Response) => [response.status, response.headers.get("location"), response.headers.get("set-cookie")!.replace(/=[\w-]+/, "")];
  expect(shape(known)).toEqual(shape(unknown));

  // Neither the profile, nor the session, nor the name tell it either.
  for (const [name, response] of [["grace", known], ["linus", unknown]] as const) {
    expect((await visit(`/u/${name}`)).status).toBe(404);
    expect((await visit("/settings/account", { cookie: cookieIn(response) })).status).toBe(200);
    expect((await signUp({ ...fresh, username: name, email: "third@example.com" })).status).toBe(422);
    expect((await visit("/sign-in", { form: { login: name, password: fresh.password } })).status).toBe(302);
  }
  for (const login of ["ada@example.com", "linus@example.com"]) expect((await visit("/sign-in", { form: { login, password: fresh.password } })).status).toBe(422);

  const mails = await sentMail();
  expect(mails.find((mail) => mail.includes("Ada@example.com"))).toContain("You already have an account");
  expect(mails.find((mail) => mail.includes("<linus@example.com>"))).toContain("Confirm your address");
});

test("nobody keeps another's address from them by signing up with it first", async () => {
  await signUp({ ...fresh, username: "squatter" });
  await signUp({ ...fresh, username: "grace" });
  const link = linkIn((await sentMail()).find((mail) => mail.includes("@grace with")));
  expect((await visit(link, { form: {} })).status).toBe(302);
  expect((await find("grace"))!.email).toBe("grace@example.com");
  const late = (await sentMail()).find((mail) => mail.includes("@squatter with"));
  expect((await visit(linkIn(late), { form: {} })).status).toBe(409);
  expect((await find("squatter"))!.email).toBeNull();
});

test("the link is sent again three times an hour, and each time the one before is void", async () => {
  const cookie = cookieIn(await signUp());
  const first = linkIn((await sentMail())[0]);
  for (let time = 0; time < 3; time++) expect((await visit("/check-mail", { cookie, form: {} })).status).toBe(302);
  const fourth = await visit("/check-mail", { cookie, form: {} });
  expect([fourth.status, Number(fourth.headers.get("retry-after")) > 0]).toEqual([429, true]);
  const mails = await sentMail();
  expect((await visit(first, { form: {} })).status).toBe(403);
  expect((await visit(linkIn(mails.at(-1)), { form: {} })).status).toBe(302);
});

test("a link that is too old confirms nothing", async () => {
  await signUp();
  const link = linkIn((await sentMail())[0]);
  await db.update(emailTokens).set({ expiresAt: new Date(Date.now() - 1000) });
  expect((await visit(link)).status).toBe(410);
  expect((await visit(link, { form: {} })).status).toBe(403);
});

test.each(["/confirm-email/x", `/confirm-email/${"a".repeat(44)}`, "/confirm-email/..%2f"])("%s is no page", async (path) => {
  expect((await visit(path)).status).toBe(404);
});

test("a link leads to the site's own address, whatever host a request claimed to be for", async () => {
  await signUp(fresh, { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https", forwarded: "host=evil.test" });
  await visit("/reset-password", { form: { email: "ada@example.com" }, headers: { "x-forwarded-host": "evil.test" } });
  const [mail] = await sentMail();
  expect(mail).toContain("http://localhost:3000/confirm-email/");
  expect(mail).not.toContain("evil.test");
});

test.each([
  ["short", "nine char", "at least 10"],
  ["long", "x1y2".repeat(33), "at most 128"],
  ["common", "password123", "tried first"],
  ["common, dressed up", "P@ssw0rd!2024", "tried first"],
  ["a word and a number", "sunshine12345", "tried first"],
  ["said twice", "qwertyqwerty", "tried first"],
  ["a row of keys", "asdfghjkl123", "tried first"],
  ["one key", "aaaaaaaaaaaa", "tried first"],
  ["the alphabet", "abcdefghijkl", "tried first"],
  ["the username", "grace-hopper1", "contains your name"],
  ["the address", "hopper.g.1906", "contains your name"],
  ["the community's name", "wellspring2026", "contains your name"],
])("a password that is %s is refused with the reason", async (_what, password, reason) => {
  const response = await signUp({ username: "grace-hopper", email: "hopper.g@example.com", password });
  expect(response.status).toBe(422);
  const page = await response.text();
  expect(page).toContain(reason);
  expect(page).toContain("grace-hopper");
  expect(page).not.toContain(`value="${password}"`);
});

test.each(["correct horse battery", "ein Fluss, bergauf", "🌊🏔️🌊🏔️ fließt es auf", "xkcd936 was right!", "Tr0ub4dor&3x#"])("%s is a fine password", async (password) => {
  expect((await signUp({ ...fresh, password })).status).toBe(302);
  expect((await visit("/sign-in", { form: { login: "grace", password } })).status).toBe(302);
});

test.each([
  "a", "x".repeat(31), "-grace", "grace-", "grace.", "gra ce", "gra/ce", "grace\r\nBcc: x", "<b>grace</b>", "grаce" /* Cyrillic a */, "ɡrace", "gra\u200bce", "gra\u202ece", "ℊрace", "grace@x", "..", "",
  "admin", "Adm1n", "a.d.m.i.n", "administrator", "moderator", "support", "staff", "Ｒｏｏｔ", "settings", "wellspring", "everyone",
])("%j cannot be a username", async (username) => {
  const response = await signUp({ ...fresh, username });
  expect(response.status).toBe(422);
  expect(await db.$count(members)).toBe(0);
});

test("names that look like one that is taken are refused", async () => {
  await signUp({ ...fresh, username: "marion_loom" });
  for (const username of ["Marion_Loom", "marion_l00m", "rnarion_loom", "ｍarion_loom", "marion_1oom", "marion_Ioom"]) {
    expect([username, (await signUp({ ...fresh, email: `${encodeURIComponent(username)}@example.com`, username })).status]).toEqual([username, 422]);
  }
});

test.each<[string, Record<string, string | string[]>]>([
  ["lists", { username: ["a1", "b1"], email: ["a@example.com"], password: fresh.password }],
  ["an address with a second header", { ...fresh, email: "x@y.test\r\nBcc: q@w.test" }],
  ["an address that is a group", { ...fresh, email: "a: q@w.test;" }],
  ["two addresses", { ...fresh, email: "x@y.test, q@w.test" }],
])("%s are refused and mail nobody", async (_what, form) => {
  expect((await signUp(form)).status).toBe(422);
  expect(await sentMail()).toEqual([]);
});

test("columns of the table cannot be set by a form", async () => {
  await signUp({ ...fresh, label: "employee", email_verified_at: "2020-01-01", emailVerifiedAt: "2020-01-01", role: "owner", id: "1", topicCount: "99", suspendedUntil: "" });
  expect(await find("grace")).toMatchObject({ label: null, emailVerifiedAt: null, topicCount: 0 });
  expect((await db.execute("select * from member_roles")).length).toBe(0);
});

test("one inbox is not filled by many accounts, nor many inboxes from one network", async () => {
  const statuses = [];
  for (let n = 0; n < 6; n++) statuses.push((await signUp({ ...fresh, username: `person-${n}` })).status);
  expect(statuses).toEqual([302, 302, 302, 302, 302, 429]);
  for (let n = 0; n < 6; n++) statuses.push((await signUp({ ...fresh, username: `other-${n}`, email: `other${n}@example.com` })).status);
  expect(statuses.slice(6)).toEqual([302, 302, 302, 302, 429, 429]);
});
