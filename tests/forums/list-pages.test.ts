import { expect, test } from "vitest";
import { categoryPath } from "#app/forums/paths.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

test("every list page answers everyone it is for, and odd addresses break none", async () => {
  const member = await make.member();
  const topic = await make.topic({ title: "Hello there" });
  const category = categoryPath({ slug: (await make.category()).slug, id: topic.categoryId });
  for (const path of ["/latest", "/top", "/unanswered", "/tags"]) expect((await visit(path)).status).toBe(200);
  for (const path of ["/new", "/unread", "/mine", "/drafts"]) {
    expect((await visit(path)).headers.get("location")).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect((await visit(path, { as: member })).status).toBe(200);
  }
  for (const search of ["?after=x", "?after=%00", `?after=${"a".repeat(2000)}`, "?after=a&after=b", "?list=unread", "?list=nope&period=x", "?period=week&period=all"]) {
    for (const path of ["/latest", "/top", category]) expect((await visit(path + search)).status).toBeLessThan(500);
  }
  expect(await (await visit("/latest?after=nonsense")).text()).toContain("Hello there");
});

test("a list goes on by a plain link, and that leads to the rest", async () => {
  const { id: categoryId } = await make.category();
  const author = await make.member();
  const authorId = author.id;
  for (let n = 1; n <= 33; n++) await make.topic({ categoryId, authorId, title: `Number ${n}!`, lastPostAt: new Date(2026, 0, 1, 0, n) });
  const first = await (await visit("/latest", { as: author })).text();
  expect(first).toContain("Number 33!");
  expect(first).not.toContain("Number 3!");
  const href = /<a[^>]*rel="next"[^>]*href="([^"]+)"|<a[^>]*href="([^"]+)"[^>]*rel="next"/.exec(first)!.slice(1).find(Boolean)!;
  const second = await (await visit(href.replaceAll("&amp;", "&"), { as: author })).text();
  for (const n of [3, 2, 1]) expect(second).toContain(`Number ${n}!`);
  expect(second).not.toContain("Number 4!");
  expect(second).toContain('rel="prev"');
});

test("a category shows what it is, refuses with a reason, and hides like what is not there", async () => {
  const readOnly = await make.category({ everyone: "see" }, { name: "Notes", description: "Only for reading." });
  const hidden = await make.category({ staff: "see" }, { slug: "secret-plans" });
  const member = await make.member();
  const page = await (await visit(categoryPath(readOnly), { as: member })).text();
  expect(page).toContain("Only for reading.");
  expect(page).toContain("Your groups may not start topics here.");
  expect((await visit(`/c/wrong/${readOnly.id}`)).headers.get("location")).toBe(categoryPath(readOnly));
  const [gone, secret] = [await visit("/c/x/99999"), await visit(`/c/x/${hidden.id}`)];
  expect([gone.status, secret.status, secret.headers.get("location")]).toEqual([404, 404, null]);
  expect((await visit(`/c/x/abc`)).status).toBe(404);
});

test("where there is no place to write in, admins are led to make one, and others are told that nothing was said", async () => {
  const admin = await make.member({ role: "admin" });
  for (const page of ["/", "/latest", "/divisions", "/new-topic"]) expect([page, await (await visit(page, { as: admin })).text()]).toEqual([page, expect.stringContaining("Create the first division")]);
  expect(await (await visit("/", { as: await make.member() })).text()).not.toContain("Create the first division");
  const division = await make.division({ name: "Bikes" });
  expect(await (await visit("/", { as: admin })).text()).toContain(`href="/admin/divisions/${division.id}/categories/new"`);
  await make.category({ everyone: "see", members: "create" }, { divisionId: division.id });
  expect(await (await visit("/", { as: admin })).text()).not.toContain("Add a category to");
});
