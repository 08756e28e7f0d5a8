import { expect, test } from "vitest";
import { setBanner, pinTopic, unpinTopic } from "#app/forums/keep-order.ts";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const pageFor = async (path: string, options: Parameters<typeof visit>[1] = {}) => (await visit(path, options)).text();

test("a banner stands above every page of where it is pinned, and nowhere else", async () => {
  const moderator = await make.member({ role: "moderator" });
  const category = await make.category();
  const elsewhere = await make.category();
  const topic = await make.topic({ categoryId: category.id, title: "Charger recall" });
  const other = await make.topic({ categoryId: category.id });
  await setBanner(moderator, topic.id, { on: true });
  const strip = /<section aria-label="Announcements for this page"[\s\S]*?Charger recall/;

  expect(await pageFor(`/t/${other.slug}/${other.id}`)).toMatch(strip);
  expect(await pageFor(`/c/${category.slug}/${category.id}`)).toMatch(strip);
  expect(await pageFor(`/c/${elsewhere.slug}/${elsewhere.id}`)).not.toMatch(strip);
  expect(await pageFor(`/t/${topic.slug}/${topic.id}`, { as: moderator }), "its own page").not.toMatch(strip);
  expect(await pageFor("/tags", { as: moderator })).not.toMatch(strip);
  await pinTopic(moderator, topic.id, { scope: "site", until: null });
  expect(await pageFor("/tags", { as: moderator })).toMatch(strip);
  await unpinTopic(moderator, topic.id);
  expect(await pageFor("/tags", { as: moderator })).not.toMatch(strip);
});

test("whoever has read it puts it away, guests too, and sees the others still", async () => {
  const moderator = await make.member({ role: "moderator" });
  const [first, second] = [await make.topic({ title: "Charger recall" }), await make.topic({ title: "We are moving" })];
  for (const { id } of [first, second]) {
    await pinTopic(moderator, id, { scope: "site", until: null });
    await setBanner(moderator, id, { on: true });
  }
  const answer = await visit(`/t/x/${first.id}/dismiss`, { form: { next: "/tags" } });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/tags"]);
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  const page = await pageFor("/tags", { cookie });
  expect(page).not.toContain("Charger recall");
  expect(page).toContain("We are moving");
  const both = (await visit(`/t/x/${second.id}/dismiss`, { cookie, form: { next: "//evil.test" } }));
  expect(both.headers.get("location")).toBe("/");
  expect(await pageFor("/tags", { cookie: both.headers.getSetCookie()[0]!.split(";")[0]! })).not.toContain("Announcements for this page");
});

test("a banner of a place that one may not see, of a removed topic or past its time is not shown", async () => {
  const moderator = await make.member({ role: "moderator" });
  const hidden = await make.topic({ categoryId: (await make.category({ staff: "create" })).id, title: "Staff party" });
  await pinTopic(moderator, hidden.id, { scope: "site", until: null });
  await setBanner(moderator, hidden.id, { on: true });
  await db.insert(topics).values([
    { title: "Gone by", slug: "x", categoryId: hidden.categoryId, authorId: moderator.id, bannerAt: new Date(), pinScope: "site", removedAt: new Date() },
    { title: "Too late", slug: "x", categoryId: hidden.categoryId, authorId: moderator.id, bannerAt: new Date(), pinScope: "site", pinnedUntil: new Date(Date.now() - 1000) },
  ]);
  expect(await pageFor("/tags")).not.toMatch(/Staff party|Gone by|Too late/);
  const seen = await pageFor("/tags", { as: moderator });
  expect(seen).toContain("Staff party");
  expect(seen).not.toMatch(/Gone by|Too late/);
  expect((await visit(`/t/x/${hidden.id}/dismiss`, { form: {} })).status).toBe(404);
});
