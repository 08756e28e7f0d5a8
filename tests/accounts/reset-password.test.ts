import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { hashPassword } from "#app/accounts/passwords.ts";
import { db } from "#db/client.ts";
import { emailTokens, members } from "#db/schema/accounts.ts";
import { linkIn, sentMail } from "#tests/support/mailbox.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";

const passwordHash = await hashPassword("a river runs uphill");
const fresh = "seven bicycles in rain";
const ask = (email: string, headers = {}) => visit("/reset-password", { form: { email }, headers });

async function linkFor(email: string): Promise<string> {
  await ask(email);
  return linkIn((await sentMail()).findLast((mail) => mail.includes("/reset-password/")));
}

test("a mailed link sets a new password once, ends every session and says so by mail", async () => {
  const ada = await make.member({ username: "ada", email: "ada@example.com", passwordHash });
  const [here, elsewhere] = [await cookieOf(ada), await cookieOf(ada)];
  const link = await linkFor("ADA@example.com");
  expect((await visit(link)).status).toBe(200);

  const weak = await visit(link, { form: { password: "password123" } });
  expect(weak.status).toBe(422);
  const done = await visit(link, { form: { password: fresh } });
  expect([done.status, done.headers.get("location")]).toEqual([302, "/sign-in?done=password"]);

  for (const cookie of [here, elsewhere]) expect((await visit("/settings/account", { cookie })).status).toBe(401);
  expect((await visit("/sign-in", { form: { login: "ada", password: "a river runs uphill" } })).status).toBe(422);
  expect((await visit("/sign-in", { form: { login: "ada", password: fresh } })).status).toBe(302);
  expect((await sentMail()).at(-1)).toContain("Subject: Your password for Wellspring was changed");

  expect((await visit(link)).status).toBe(410);
  expect((await visit(link, { form: { password: "another one entirely" } })).status).toBe(403);
});

test("of two who open a link at the same moment, one sets the password", async () => {
  await make.member({ email: "ada@example.com", passwordHash });
  const link = await linkFor("ada@example.com");
  const answers = await Promise.all(["one of two passwords", "two of two passwords"].map((password) => visit(link, { form: { password } })));
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 403]);
});

test("a newer link voids the older, and an hour later it is too old", async () => {
  await make.member({ email: "ada@example.com", passwordHash });
  const first = await linkFor("ada@example.com");
  const second = await linkFor("ada@example.com");
  expect((await visit(first, { form: { password: fresh } })).status).toBe(403);
  const [row] = await db.select().from(emailTokens);
  expect(row!.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(60 * 60_000);
  await db.update(emailTokens).set({ expiresAt: new Date() });
  expect((await visit(second, { form: { password: fresh } })).status).toBe(403);
});

test("a link mailed to an address that is no longer theirs opens nothing", async () => {
  const ada = await make.member({ email: "old@example.com", passwordHash });
  const link = await linkFor("old@example.com");
  await db.update(members).set({ email: "new@example.com" }).where(eq(members.id, ada.id));
  expect((await visit(link, { form: { password: fresh } })).status).toBe(403);
});

test("a known, an unknown and an unconfirmed address are answered alike", async () => {
  await make.member({ email: "ada@example.com", passwordHash });
  await make.member({ email: null, pendingEmail: "grace@example.com", emailVerifiedAt: null, passwordHash });
  const answers = [];
  for (const email of ["ada@example.com", "eve@example.com", "grace@example.com"]) {
    const response = await ask(email);
    answers.push([response.status, response.headers.get("location"), response.headers.get("set-cookie")]);
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const mails = await sentMail();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain("<ada@example.com>");
});

test("a link to confirm an address sets no password, and the other way round", async () => {
  await make.member({ email: "ada@example.com", passwordHash });
  const token = (await linkFor("ada@example.com")).split("/").at(-1)!;
  expect((await visit(`/confirm-email/${token}`, { form: {} })).status).toBe(403);
  expect((await visit(`/setup/${token}`)).status).toBe(404);
});

test("one address gets five links an hour", async () => {
  const statuses = [];
  for (let n = 0; n < 6; n++) statuses.push((await ask("ada@example.com")).status);
  expect(statuses).toEqual([302, 302, 302, 302, 302, 429]);
});

test("signing in takes as long for a name nobody has", { retry: 2 }, async () => {
  await make.member({ username: "ada", passwordHash });
  const times = { ada: [] as number[], nobody: [] as number[] };
  // In turn, so that whatever else the machine does meets both.
  for (let n = 0; n < 7; n++) {
    for (const login of ["ada", "nobody"] as const) {
      const begin = performance.now();
      await visit("/sign-in", { form: { login, password: "not it at all" }, headers: {} });
      times[login].push(performance.now() - begin);
      (globalThis as { wellspring?: Map<string, unknown> }).wellspring!.forEach((_value, name, all) => name.startsWith("limit:") && all.delete(name));
    }
  }
  const [known, unknown] = [times.ada, times.nobody].map((each) => each.sort((a, b) => a - b)[3]!) as [number, number];
  // A hash takes most of the time; without it an unknown name would be answered in a fraction.
  expect(unknown / known).toBeGreaterThan(0.6);
  expect(unknown / known).toBeLessThan(1.7);
});
