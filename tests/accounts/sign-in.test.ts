import { expect, test } from "vitest";
import { hashPassword } from "#app/accounts/passwords.ts";
import { db } from "#db/client.ts";
import { auditLog, sessions } from "#db/schema/accounts.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";
import { recordedEvents } from "#tests/support/work.ts";

const password = "a river runs uphill";
const passwordHash = await hashPassword(password);
const signIn = (form: Record<string, string | string[]>, headers: Record<string, string> = {}) => visit("/sign-in", { form, headers });

test("one signs in by username or e-mail address, whatever the capitals", async () => {
  await make.member({ username: "ada", email: "ada@example.com", passwordHash });
  for (const login of ["ada", "ADA", "Ada@Example.com"]) {
    const response = await signIn({ login, password, next: "/latest" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/latest"]);
    const cookie = response.headers.get("set-cookie")!;
    expect(cookie).toMatch(/^wellspring=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect((await visit("/sign-in", { cookie: cookie.split(";")[0] })).headers.get("location")).toBe("/");
  }
});

test("a wrong password and an unknown name are answered alike", async () => {
  await make.member({ username: "quokka-1", passwordHash });
  const wrong = await signIn({ login: "quokka-1", password: "not it at all" });
  const unknown = await signIn({ login: "quokka-2", password: "not it at all" });
  expect([wrong.status, unknown.status]).toEqual([422, 422]);
  const page = async (response: Response, login: string) => (await response.text()).replaceAll(login, "").replace(/nonce="[^"]*"/g, "");
  expect(await page(wrong, "quokka-1")).toBe(await page(unknown, "quokka-2"));
  expect(wrong.headers.get("set-cookie")).toBeNull();
});

test("members without a password, such as imported ones, cannot sign in", async () => {
  await make.member({ username: "old", email: null, emailVerifiedAt: null });
  for (const guess of ["old", "null", "undefined", " "]) expect((await signIn({ login: "old", password: guess })).status).toBe(422);
  expect((await signIn({ login: "null", password })).status).toBe(422);
});

test("the seventh wrong try in a minute waits, even with the right password", async () => {
  await make.member({ username: "ada", passwordHash });
  for (let attempt = 0; attempt < 6; attempt++) expect((await signIn({ login: "ada", password: "not it at all" })).status).toBe(422);
  const seventh = await signIn({ login: "ada", password });
  expect(seventh.status).toBe(429);
  expect(Number(seventh.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(seventh.headers.get("retry-after"))).toBeLessThanOrEqual(60);
});

test("those who sign in rightly are never asked to wait", async () => {
  await make.member({ username: "ada", passwordHash });
  for (let attempt = 0; attempt < 8; attempt++) expect((await signIn({ login: "ada", password })).status).toBe(302);
});

test("a session from before signing in is dead after", async () => {
  const ada = await make.member({ username: "ada", passwordHash });
  const before = await cookieOf(await make.member());
  const other = await cookieOf(ada);
  const response = await signIn({ login: "ada", password }, { cookie: before });
  expect(response.headers.get("set-cookie")).not.toContain(before);
  expect((await visit("/sign-in", { cookie: before })).status).toBe(401);
  expect((await visit("/sign-in", { cookie: other })).status).toBe(302);
  // A cookie of the visitor's own making is never taken up.
  const planted = await signIn({ login: "ada", password }, { cookie: "wellspring=planted-by-someone-else-0000000" });
  expect(planted.headers.get("set-cookie")).not.toContain("planted");
});

test("signing out ends the session on the server too", async () => {
  const cookie = await cookieOf(await make.member());
  expect((await visit("/sign-out", { cookie })).status).toBe(302);
  expect(await db.$count(sessions)).toBe(1);
  const response = await visit("/sign-out", { cookie, form: {} });
  expect(response.headers.get("set-cookie")).toMatch(/^wellspring=; .*Max-Age=0/);
  expect(await db.$count(sessions)).toBe(0);
  expect(await recordedEvents()).toMatchObject([{ type: "session.ended" }]);
  expect((await visit("/sign-in", { cookie })).status).toBe(401);
});

test.each([["//evil.test"], ["https://evil.test"], ["/\\evil.test"], ["javascript:alert(1)"], ["/\t/evil.test"]])("next=%s leads home", async (next) => {
  await make.member({ username: "ada", passwordHash });
  const response = await signIn({ login: "ada", password, next });
  expect(response.headers.get("location")).toBe("/");
  const cookie = response.headers.get("set-cookie")!.split(";")[0]!;
  expect((await visit(`/sign-in?next=${encodeURIComponent(next)}`, { cookie })).headers.get("location")).toBe("/");
});

test.each<[string, Record<string, string | string[]>, number]>([
  ["nothing", {}, 422],
  ["lists", { login: ["ada", "eve"], password: ["a", "b"] }, 422],
  ["objects in brackets", { "login[toString]": "x", "password[length]": "1" }, 422],
  ["a list of places to go", { login: "ada", password, next: ["/a", "/b"] }, 422],
  ["an over-long name", { login: "a".repeat(300), password }, 422],
  ["a password of ten megabytes", { login: "ada", password: "x".repeat(10_000_000) }, 413],
  ["line breaks and zeros", { login: "ada\r\nSet-Cookie: a=b\u0000", password }, 422],
])("%s is refused, not a failure", async (_what, form, status) => {
  await make.member({ username: "ada", passwordHash });
  const response = await signIn(form);
  expect([response.status, response.headers.get("set-cookie")]).toEqual([status, null]);
});

test("another site cannot sign anyone in", async () => {
  await make.member({ username: "ada", passwordHash });
  expect((await signIn({ login: "ada", password }, { origin: "https://evil.test" })).status).toBe(403);
  expect((await signIn({ login: "ada", password }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
});

test("sign-ins and refusals are written down, without what was typed", async () => {
  const ada = await make.member({ username: "ada", passwordHash });
  await signIn({ login: "ada", password: "canary-password-1" });
  await signIn({ login: "ada", password });
  const entries = await db.select().from(auditLog);
  expect(entries.map(({ actorId, action }) => [actorId, action])).toEqual([[ada.id, "session.refused"], [ada.id, "session.began"]]);
  expect(JSON.stringify(entries)).not.toContain("canary");
});
