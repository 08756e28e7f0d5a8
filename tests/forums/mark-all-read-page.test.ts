import { expect, test } from "vitest";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

test("marking all as read tells the address of a division only to those who see something in it", async () => {
  const hidden = await make.category({ staff: "see" }, { divisionId: (await make.division({ slug: "secret-lab" })).id });
  const form = { list: "new", divisionId: String(hidden.divisionId) };
  expect((await visit("/mark-all-read", { as: await make.member(), form })).headers.get("location")).toBe("/new");
  expect((await visit("/mark-all-read", { as: await make.member({ role: "moderator" }), form })).headers.get("location")).toBe("/d/secret-lab?list=new");
});
