import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { hashPassword } from "#app/accounts/passwords.ts";
import { db } from "#db/client.ts";
import { members, sessions } from "#db/schema/accounts.ts";
import { linkIn, sentMail } from "#tests/support/mailbox.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";
import { recordedEvents } from "#tests/support/work.ts";

const current = "a river runs uphill";
const passwordHash = await hashPassword(current);
const next = "seven bicycles in rain";
const cookieIn = (response: Response) => response.headers.get("set-cookie")!.split(";")[0]!;
const find = async (id: number) => (await db.select().from(members).where(eq(members.id, id)))[0]!;
const isIn = async (cookie: string) => (await visit("/settings/account", { cookie })).status === 200;

test.each(["/settings", "/settings/profile", "/settings/account", "/settings/account/email", "/settings/account/password", "/settings/sessions", "/settings/preferences", "/check-mail"])("%s asks guests to sign in", async (path) => {
  const response = await visit(path);
  expect(response.status).toBe(302);
  expect(response.headers.get("location")).toMatch(/^\/(sign-in|settings\/profile)/);
});

test("a new password needs the present one, and signs out everywhere else", async () => {
  const ada = await make.member({ passwordHash });
  const [here, elsewhere] = [await cookieOf(ada), await cookieOf(ada)];
  const change = (form: Record<string, string>) => visit("/settings/account/password", { cookie: here, form });
  expect((await change({ current: "not this one", password: next })).status).toBe(422);
  expect((await change({ current: "", password: next })).status).toBe(422);
  expect((await change({ current, password: "password123" })).status).toBe(422);
  const done = await change({ current, password: next });
  expect([done.status, done.headers.get("location")]).toEqual([302, "/settings/account?done=password"]);
  expect([await isIn(here), await isIn(elsewhere), await isIn(cookieIn(done))]).toEqual([false, false, true]);
  expect((await sentMail())[0]).toContain("was changed");
});

test("guessing the present password is limited", async () => {
  const ada = await make.member({ passwordHash });
  const cookie = await cookieOf(ada);
  const statuses = [];
  for (let n = 0; n < 7; n++) statuses.push((await visit("/settings/account/password", { cookie, form: { current: `guess number ${n}`, password: next } })).status);
  expect(statuses.at(-1)).toBe(429);
});

test("a new address counts once its link is opened, and the old one is told twice", async () => {
  const ada = await make.member({ email: "old@example.com", passwordHash });
  const cookie = await cookieOf(ada);
  const change = (form: Record<string, string>) => visit("/settings/account/email", { cookie, form });
  expect((await change({ current: "not this one", email: "new@example.com" })).status).toBe(422);
  expect((await change({ current, email: "old@example.com" })).status).toBe(422);
  expect((await change({ current, email: "new@example.com" })).status).toBe(302);
  expect(await find(ada.id)).toMatchObject({ email: "old@example.com", pendingEmail: "new@example.com" });

  const mails = await sentMail();
  expect(mails.find((mail) => mail.includes("<old@example.com>"))).toContain("A new address was asked for");
  const link = linkIn(mails.find((mail) => mail.includes("<new@example.com>")));
  expect((await visit(link, { form: {} })).status).toBe(302);
  expect(await find(ada.id)).toMatchObject({ email: "new@example.com", pendingEmail: null });
  expect((await sentMail()).at(-1)).toMatch(/<old@example\.com>[^]*Your address at Wellspring was changed/);
});

test("links to an address that was thought better of are void", async () => {
  const ada = await make.member({ email: "old@example.com", passwordHash });
  const cookie = await cookieOf(ada);
  const change = (email: string) => visit("/settings/account/email", { cookie, form: { current, email } });
  await change("first@example.com");
  const first = linkIn((await sentMail()).find((mail) => mail.includes("<first@example.com>")));
  await change("second@example.com");
  expect((await visit(first, { form: {} })).status).toBe(403);
  expect((await find(ada.id)).email).toBe("old@example.com");
});

test("changing to an address that somebody has looks the same, and changes nothing", async () => {
  const ada = await make.member({ email: "ada@example.com", passwordHash });
  await make.member({ username: "bob", email: "bob@example.com" });
  const response = await visit("/settings/account/email", { as: ada, form: { current, email: "bob@example.com" } });
  expect([response.status, response.headers.get("location")]).toEqual([302, "/settings/account?done=email"]);
  const toBob = (await sentMail()).find((mail) => mail.includes("<bob@example.com>"));
  expect(toBob).toContain("You already have an account");
  expect(toBob).not.toContain("/confirm-email/");
});

test("the list of sessions names devices, and a revoked one ends at its next request", async () => {
  const ada = await make.member();
  const [a, b] = [await cookieOf(ada), await cookieOf(ada)];
  await db.update(sessions).set({ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ip: "192.0.2.7" });
  const page = await (await visit("/settings/sessions", { cookie: b })).text();
  expect(page).toContain("Firefox on Linux");
  expect(page).toContain("192.0.2.7");
  expect(page).toContain("This device");
  const name = /name="session" value="([0-9a-f]{16})"/.exec(page)![1]!;
  // What names a session in the page opens none.
  expect(await isIn(`wellspring=${name}`)).toBe(false);

  expect((await visit("/settings/sessions", { cookie: b, form: { session: name } })).status).toBe(302);
  expect([await isIn(a), await isIn(b)]).toEqual([false, true]);
  expect(await recordedEvents()).toMatchObject([{ type: "session.ended", memberId: ada.id }]);
});

test("all others are signed out at once, and nobody's else", async () => {
  const ada = await make.member();
  const eve = await make.member();
  const cookies = [await cookieOf(ada), await cookieOf(ada), await cookieOf(ada)];
  const evil = await cookieOf(eve);
  await visit("/settings/sessions", { cookie: cookies[2], form: { session: "others" } });
  expect(await Promise.all([...cookies, evil].map(isIn))).toEqual([false, false, true, true]);

  const [row] = await db.select().from(sessions).where(eq(sessions.userId, ada.id));
  await visit("/settings/sessions", { cookie: evil, form: { session: row!.id.slice(0, 16) } });
  expect(await isIn(cookies[2]!)).toBe(true);
});

test("a session ends after ninety days of use, and after thirty without", async () => {
  const ada = await make.member();
  const [old, idle] = [await cookieOf(ada), await cookieOf(ada)];
  await db.update(sessions).set({ createdAt: new Date(Date.now() - 91 * 86_400_000) });
  expect(await isIn(old)).toBe(false);
  await db.update(sessions).set({ createdAt: new Date(), expiresAt: new Date(Date.now() - 1000) });
  expect(await isIn(idle)).toBe(false);
});

test("when a member was last here is kept to five minutes", async () => {
  const ada = await make.member();
  const cookie = await cookieOf(ada);
  const hourAgo = new Date(Date.now() - 3_600_000);
  await db.update(sessions).set({ lastSeenAt: hourAgo });
  await visit("/settings/account", { cookie });
  const [row] = await db.select().from(sessions);
  expect(Date.now() - row!.lastSeenAt.getTime()).toBeLessThan(60_000);
  expect((await find(ada.id)).lastSeenAt).toEqual(row!.lastSeenAt);
});

test("preferences are kept, and what no browser would send is refused", async () => {
  const ada = await make.member();
  const fine = { locale: "en", timeZone: "Europe/Berlin", colourScheme: "dark", prefersPages: "on" };
  expect((await visit("/settings/preferences", { as: ada, form: fine })).status).toBe(302);
  expect(await find(ada.id)).toMatchObject({ timeZone: "Europe/Berlin", colourScheme: "dark", prefersPages: true, hidesPresence: false });
  expect(await (await visit("/settings/preferences", { as: ada })).text()).toContain('data-scheme="dark"');
  for (const wrong of [{ timeZone: "Mars/Olympus" }, { timeZone: "" }, { colourScheme: "pink" }, { locale: "../../etc" }, { prefersPages: ["on", "on"] }]) {
    expect((await visit("/settings/preferences", { as: ada, form: { ...fine, ...wrong } as never })).status).toBe(422);
  }
});
