import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { topicPath } from "#app/forums/paths.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

/** An employee asks where anybody reads, and replies to a customer by name. */
async function spoken() {
  const [emma, carl] = [await make.member({ username: "emma", name: "Emma Ohm", label: "employee" }), await make.member({ username: "carl" })];
  const topic = await make.topic({ authorId: emma.id, title: "Marmalade and pumps" });
  await make.post({ topicId: topic.id, body: text("Marmalade does not belong into pumps.") });
  return { emma, carl, topic, path: topicPath(topic) };
}
const badge = /Emma Ohm(?:<[^>]*>|\s)*Employee</;
const textOf = async (path: string, as?: Awaited<ReturnType<typeof make.member>>) => (await visit(path, { as })).text();

test("in the thread, its data, and the words for search engines", async () => {
  const { path } = await spoken();
  const page = await textOf(path);
  expect(page).toMatch(badge);
  expect(page).toContain('"name":"Emma Ohm","url"');
  expect(page).toContain('"jobTitle":"Employee"');
  expect(page).toContain('<meta property="article:author" content="Emma Ohm (Employee)"/>');
  const { posts } = (await (await visit(`${path}/posts?from=1&as=json`)).json()) as { posts: { author: object }[] };
  expect(posts[0]!.author).toMatchObject({ name: "Emma Ohm", label: "employee" });
});

test("in every feed, and where a link is shown elsewhere", async () => {
  const { path } = await spoken();
  for (const ending of ["rss", "atom", "json"]) expect(await textOf(`${path}.${ending}`), ending).toContain("Emma Ohm (Employee)");
  const profile = await textOf("/u/emma");
  expect(profile).toMatch(badge);
  expect(profile).toContain('"jobTitle":"Employee"');
  // The card that is drawn of it is named by its words: the one without the label is another.
  const card = /property="og:image" content="[^"]*(\/cards\/member\/[^"]+)"/.exec(profile)![1]!;
  expect((await visit(card)).status).toBe(200);
  await db.update(members).set({ label: null }).where(eq(members.username, "emma"));
  expect((await visit(card)).status).not.toBe(200);
});

test("in what a search finds, and in what is offered while typing", async () => {
  const { carl } = await spoken();
  expect(await textOf("/search?q=marmalade", carl)).toMatch(badge);
  const { suggestions } = (await (await visit("/search/suggest?q=emma", { as: carl })).json()) as { suggestions: object[] };
  expect(suggestions).toContainEqual(expect.objectContaining({ kind: "member", name: "Emma Ohm", label: "employee" }));
  const { members: offered } = (await (await visit("/autocomplete/members?q=emma", { as: carl })).json()) as { members: object[] };
  expect(offered).toMatchObject([{ name: "Emma Ohm", label: "employee" }]);
});

test("in the inbox, as page and as data", async () => {
  const { emma, carl } = await spoken();
  const own = await make.topic({ authorId: carl.id });
  await make.post({ topicId: own.id });
  await visit(topicPath(own), { as: emma, form: { body: "Try it without.", key: crypto.randomUUID(), replyToNumber: "1" } });
  await finishWork();
  expect((await textOf("/notifications", carl)).replace(/<[^>]*>/g, "")).toMatch(/Emma Ohm replied to you ?Employee/);
  const { lines } = (await (await visit("/notifications/latest", { as: carl })).json()) as { lines: object[] };
  expect(lines).toMatchObject([{ actor: { name: "Emma Ohm", label: "employee" } }]);
});

test("whoever bears it cannot hide it, an admin's own included", async () => {
  const emma = await make.member({ username: "emma", name: "Emma Ohm", label: "employee", role: "admin" });
  for (const label of ["", "champion"]) expect((await visit("/u/emma/label", { as: emma, form: { label } })).status).toBe(403);
  expect(await textOf("/u/emma", emma)).not.toContain('action="/u/emma/label"');
  await visit("/settings/profile", { as: emma, form: { name: "Emma Ohm", title: "", bio: "", location: "", website: "", label: "" } });
  expect((await db.select().from(members).where(eq(members.id, emma.id)))[0]!.label).toBe("employee");
  expect((await visit("/u/emma/label", { as: await make.member({ role: "owner" }), form: { label: "" } })).status).toBe(302);
});
