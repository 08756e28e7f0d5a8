import { expect, test } from "vitest";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

test("a division in which someone sees nothing does not exist for them", async () => {
  const hidden = await make.division({ slug: "hidden", name: "Heronsecret", tagline: "Heronsecret", menu: [{ label: "Heronsecret", href: "/x" }] });
  await make.category({ staff: "create" }, { divisionId: hidden.id });
  await make.category();
  for (const as of [undefined, await make.member()]) {
    expect((await visit("/d/hidden", { as })).status).toBe(404);
    for (const page of ["/", "/divisions", "/latest", "/d/nothing"]) expect([page, (await (await visit(page, { as })).text()).includes("Heronsecret")]).toEqual([page, false]);
  }
  expect((await visit("/d/hidden", { as: await make.member({ role: "moderator", divisionId: hidden.id }) })).status).toBe(200);
});

test("a division's home shows its own categories only, and of them what the viewer may see", async () => {
  const [here, there] = [await make.division({ slug: "here" }), await make.division({ name: "Elsewhere" })];
  await make.category(undefined, { divisionId: here.id, name: "Openplace", topicCount: 3 });
  await make.category({ staff: "create" }, { divisionId: here.id, name: "Heronsecret", topicCount: 40 });
  await make.category(undefined, { divisionId: there.id, name: "Otherplace" });
  const main = async (as?: Awaited<ReturnType<typeof make.member>>) => /<main[^]*<\/main>[^]*<\/aside>/.exec(await (await visit("/d/here", { as })).text())![0];
  const page = await main(await make.member());
  expect(page).toContain("Openplace");
  expect(page).not.toContain("Heronsecret");
  expect(page).not.toContain("Otherplace");
  expect(page).toContain("3 topics");
  expect(await main(await make.member({ role: "admin" }))).toContain("43 topics");
});

test("joining is one press, and gives no rights", async () => {
  const division = await make.division({ slug: "here" });
  await make.category(undefined, { divisionId: division.id });
  const hidden = await make.category({ staff: "create" }, { divisionId: division.id });
  const member = await make.member();
  expect((await visit("/d/here/join", { as: member, form: {} })).headers.get("location")).toBe("/d/here");
  expect(await (await visit("/d/here", { as: member })).text()).toContain("/d/here/leave");
  expect((await visit(`/c/${hidden.slug}/${hidden.id}`, { as: member })).status).toBe(404);
  await visit("/d/here/leave", { as: member, form: {} });
  expect(await (await visit("/d/here", { as: member })).text()).toContain("/d/here/join");
});

test("nobody joins a division that is hidden from them", async () => {
  const division = await make.division({ slug: "hidden" });
  await make.category({ staff: "create" }, { divisionId: division.id });
  expect((await visit("/d/hidden/join", { as: await make.member(), form: {} })).status).toBe(404);
});

test("the page that is sent does not hold the hash of the session", async () => {
  const page = await (await visit("/divisions", { as: await make.member() })).text();
  expect(page).not.toContain("sessionId");
  expect(page).not.toMatch(/[0-9a-f]{64}/);
});
