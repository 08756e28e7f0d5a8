import { beforeEach, expect, test } from "vitest";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { auditLog } from "#db/schema/accounts.ts";
import { divisions } from "#db/schema/community.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

let admin: Member;
beforeEach(async () => {
  for (const kind of ["everyone", "members", "staff"] as const) await make.group(kind);
  admin = await make.member({ role: "admin" });
});

async function addresses() {
  const category = await make.category({ staff: "create" }, { name: "Heronsecret", slug: "heronsecret" });
  const member = await make.member();
  const pages = [
    "/admin", "/admin/divisions", `/admin/divisions/${category.divisionId}`, `/admin/divisions/${category.divisionId}/categories/new`, `/admin/categories/${category.id}`,
    `/admin/categories/${category.id}/rights`, `/admin/categories/${category.id}/move`, "/admin/groups", "/admin/members", `/admin/members/${member.id}`,
    "/admin/profile-fields", "/admin/site", "/admin/audit",
  ];
  const acts = [...pages.slice(1, 8), ...pages.slice(9, 12), `/admin/divisions/${category.divisionId}/order`, `/admin/divisions/${category.divisionId}/delete`, `/admin/categories/${category.id}/order`, `/admin/categories/${category.id}/delete`];
  return { category, pages, acts };
}

test.each(["member", "moderator here", "moderator", "product_manager"])("no page of the administration opens, and no act of it works, for a %s", { timeout: 60_000 }, async (who) => {
  const { category, pages, acts } = await addresses();
  const role = who === "product_manager" ? "product_manager" : "moderator";
  const as = who === "member" ? await make.member() : await make.member({ role, divisionId: who === "moderator here" ? category.divisionId : undefined });
  for (const page of pages) {
    for (const path of [page, `${page}.data`]) {
      const response = await visit(path, { as });
      expect([path, response.status]).toEqual([path, 403]);
      // Staff see the place in the frame's own menu; whoever is none must not read its name anywhere.
      if (as.roles.length === 0) expect(await response.text()).not.toContain("Heronsecret");
    }
  }
  for (const act of acts) {
    const response = await visit(act, { as, form: { intent: "save", name: "X", slug: "x-x", accent: "#000000", direction: "up", to: "d1", seen: "x", allowedKinds: "idea", defaultKind: "idea" } });
    expect([act, response.status >= 400 && response.status < 500]).toEqual([act, true]);
  }
  expect(await db.select().from(auditLog)).toEqual([]);
});

test("a guest is sent to sign in", async () => {
  const response = await visit("/admin/members");
  expect([response.status, response.headers.get("location")]).toEqual([302, "/sign-in?next=%2Fadmin%2Fmembers"]);
});

test("all pages open for an admin", async () => {
  const { pages } = await addresses();
  for (const page of pages) expect([page, (await visit(page, { as: admin })).status]).toEqual([page, 200]);
});

test.each(["0", "x", "999999", "99999999999999999999"])("there is no division, category, member or group %s", async (id) => {
  for (const page of [`/admin/divisions/${id}`, `/admin/categories/${id}/rights`, `/admin/members/${id}`, `/groups/${id}`]) expect((await visit(page, { as: admin })).status).toBe(404);
});

test("a division is made and changed with a form, and what is wrong comes back with what was typed", async () => {
  const made = await visit("/admin/divisions", { as: admin, form: { name: "Road bikes", slug: "road", tagline: "Fast", accent: "#FFD700", menu: "Shop | https://shop.example\nRules | /c/rules/1" } });
  expect(made.status).toBe(302);
  const [division] = await db.select().from(divisions);
  expect(division).toMatchObject({ name: "Road bikes", accent: "#ffd700", menu: [{ label: "Shop", href: "https://shop.example" }, { label: "Rules", href: "/c/rules/1" }] });

  const taken = await visit("/admin/divisions", { as: admin, form: { name: "Other", slug: "road", accent: "#000000", menu: "" } });
  expect(taken.status).toBe(422);
  const page = await taken.text();
  expect(page).toContain("has this address already");
  expect(page).toContain('value="Other"');
});

test.each([
  ["a script in the menu", { menu: "Hi | javascript:alert(1)" }], ["another site by two slashes", { menu: "Hi | //evil.example" }], ["a colour that is none", { accent: "red" }],
  ["a name twice", { name: ["a", "b"] }], ["a long name", { name: "x".repeat(100_000) }], ["no name", { name: " " }], ["a reserved address", { slug: "admin" }],
])("a division with %s is refused at its field", async (_what, fields) => {
  const response = await visit("/admin/divisions", { as: admin, form: { name: "Name", slug: "name", accent: "#000000", ...fields } as Record<string, string | string[]> });
  expect(response.status).toBe(422);
  expect(await db.select().from(divisions)).toEqual([]);
});

test("rights are shown before they are saved, and count from the next request", async () => {
  const category = await make.category({ everyone: "see", members: "create" }, { slug: "place" });
  const [everyone, members] = [await make.group("everyone"), await make.group("members")];
  const path = `/admin/categories/${category.id}/rights`;
  const form = { [`group-${everyone.id}`]: "", [`group-${members.id}`]: "reply" };
  const shown = await (await visit(path, { as: admin, form: { ...form, intent: "preview" } })).text();
  expect(shown).toContain("nothing is saved yet");
  expect(shown).toContain("Guests and search engines do not see it.");
  expect((await visit(`/c/place/${category.id}`)).status).toBe(200);

  expect((await visit(path, { as: admin, form: { ...form, intent: "save" } })).status).toBe(302);
  // A page kept for guests is dropped by a notice that the change itself sends: it arrives a moment after.
  await expect.poll(async () => (await visit(`/c/place/${category.id}`)).status).toBe(404);
  expect((await visit(`/c/place/${category.id}`, { as: await make.member() })).status).toBe(200);
});

test("a level that does not exist, or a group that does not, changes nothing", async () => {
  const category = await make.category({ everyone: "see" }, { slug: "place" });
  const path = `/admin/categories/${category.id}/rights`;
  for (const form of [{ [`group-${(await make.group("everyone")).id}`]: "rule" }, { "group-999999": "see" }]) expect((await visit(path, { as: admin, form })).status).toBe(422);
  expect((await visit(`/c/place/${category.id}`)).status).toBe(200);
});
