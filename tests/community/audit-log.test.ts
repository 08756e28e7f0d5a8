import { beforeEach, expect, test } from "vitest";
import { audit } from "#app/core/audit.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

let admin: Member;
let groupId: number;
beforeEach(async () => {
  groupId = (await make.group("everyone")).id;
  admin = await make.member({ role: "admin" });
});

/** What the page says to whoever reads it, its raw records put aside. */
async function words(): Promise<string> {
  const html = await (await visit("/admin/audit", { as: admin })).text();
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return main.replace(/<details.*?<\/details>/gs, " ").replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}

test("what an administrator changed is told in words, with the names that things have", async () => {
  const category = await make.category({ everyone: "create" }, { name: "Night shift" });
  await audit(db, { actorId: admin.id, action: "category.edited", target: `category:${category.id}`, detail: { slug: ["night", "night-shift"], colour: [null, "#112233"], readForFeedback: [true, false] } });
  const said = await words();
  expect(said).toContain("changed the category Night shift");
  expect(said).toContain("Address: night → night-shift");
  expect(said).toContain("Colour: #112233");
  expect(said).toContain("Read for insights: yes → no");
  expect(said).not.toContain(`category:${category.id}`);
});

test("rights are told by group, and only those that changed", async () => {
  const category = await make.category({ everyone: "create" });
  const other = await make.group("custom");
  await audit(db, { actorId: admin.id, action: "category.rights-set", target: `category:${category.id}`, detail: { name: category.name, inherits: false, before: { [groupId]: "create", [other.id]: "see" }, after: { [groupId]: "see", [other.id]: "see" } } });
  const said = await words();
  expect(said).toContain(": Write → See");
  expect(said).not.toContain(`${other.name}:`);
});

test("what is gone is told by the name it had, and what we have no words for is shown as it is", async () => {
  await audit(db, { actorId: admin.id, action: "group.deleted", target: "group:999999", detail: { name: "Old hands", categories: 2 } });
  await audit(db, { actorId: admin.id, action: "thing.turned", target: "thing:1", detail: { weight: 3, of: { a: [1] } } });
  const said = await words();
  expect(said).toContain("deleted the group Old hands");
  expect(said).toContain("thing.turned");
  expect(said).toContain("weight: 3");
});

test("what was written down stays to be read as it is", async () => {
  await audit(db, { actorId: admin.id, action: "role.granted", target: `member:${admin.id}`, detail: { role: "product_manager", divisionId: null } });
  const html = await (await visit("/admin/audit", { as: admin })).text();
  expect(await words()).toContain("Role: Product manager");
  expect(html).toMatch(/<details[^>]*>.*role\.granted member:\d+.*product_manager/s);
});
