import { expect, test } from "vitest";
import { offerOwnership } from "#app/accounts/ownership.ts";
import { readViewer } from "#app/core/session.ts";
import { isOwner } from "#app/core/viewer.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const owner = { username: "grace", email: "grace@example.com", password: "a river runs uphill" };

test("the link from the log makes the first owner, and dies", async () => {
  const link = (await offerOwnership())!;
  expect(link).toMatch(/^\/setup\/[\w-]{43}$/);
  expect(await (await visit(link)).text()).toContain("Welcome to your community");
  expect((await visit(link, { form: { ...owner, password: "password123" } })).status).toBe(422);
  const response = await visit(link, { form: owner });
  expect(response.status).toBe(302);
  const viewer = await readViewer(response.headers.get("set-cookie")!.split(";")[0]);
  expect([isOwner(viewer), viewer.kind === "member" && viewer.isVerified]).toEqual([true, true]);

  expect((await visit(link)).status).toBe(404);
  expect((await visit(link, { form: { ...owner, username: "mallory", email: "m@example.com" } })).status).toBe(403);
  expect(await offerOwnership()).toBeNull();
});

test("each start offers a new link, and the one before no longer works", async () => {
  const first = (await offerOwnership())!;
  const second = (await offerOwnership())!;
  expect([(await visit(first)).status, (await visit(second)).status]).toEqual([404, 200]);
});

test("of two who use it at the same moment, one becomes owner", async () => {
  const link = (await offerOwnership())!;
  const answers = await Promise.all(["grace", "mallory"].map((username) => visit(link, { form: { ...owner, username, email: `${username}@example.com` } })));
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 403]);
});

test("a community that has an owner offers none, and a link from before is dead", async () => {
  const link = (await offerOwnership())!;
  await make.member({ role: "owner" });
  expect((await visit(link)).status).toBe(404);
  expect((await visit(link, { form: owner })).status).toBe(403);
  expect(await offerOwnership()).toBeNull();
});
