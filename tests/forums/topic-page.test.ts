import { expect, test } from "vitest";
import { topicPath } from "#app/forums/paths.ts";
import { scriptBytes } from "#tests/bench/pages.ts";
import { make, text } from "#tests/support/make.ts";
import { origin, visit } from "#tests/support/visit.ts";

const hi = { body: JSON.stringify(text("Hi")) };

test("anyone can read a public topic, as HTML made when it was written", async () => {
  const topic = await make.topic({ title: "Welcome" });
  await make.post({ topicId: topic.id, body: text("Make yourself <at> home.") });
  const response = await visit(topicPath(topic));
  expect(response.status).toBe(200);
  const page = await response.text();
  expect(page).toContain("<p>Make yourself &lt;at&gt; home.</p>");
  expect(page).toContain("Sign in to reply.");
});

test("the id decides, and a wrong slug is redirected for good", async () => {
  const topic = await make.topic({ slug: "welcome" });
  for (const [path, right] of [[`/t/wrong/${topic.id}`, `/t/welcome/${topic.id}`], [`/t/wrong/${topic.id}/3`, `/t/welcome/${topic.id}/3`]]) {
    const response = await visit(path!);
    expect([response.status, response.headers.get("location")]).toEqual([301, right]);
  }
});

test("a wrong slug does not make a hidden topic tell its title", async () => {
  const topic = await make.topic({ categoryId: (await make.category({ staff: "create" })).id });
  expect((await visit(`/t/wrong/${topic.id}`, { as: await make.member() })).status).toBe(404);
  expect((await visit(topicPath(topic), { as: await make.member({ role: "admin" }) })).status).toBe(200);
});

test.each(["/t/x/nonsense", "/t/x/1e3", "/t/x/0", "/t/x/99999999999999999999", "/t/x/1/-1"])("%s is 404", async (path) => {
  expect((await visit(path)).status).toBe(404);
});

test("an address with a post number shows the page around that post", async () => {
  const topic = await make.topic();
  for (let n = 1; n <= 25; n++) await make.post({ topicId: topic.id, body: text(`This is number ${n}.`) });
  const page = await (await visit(topicPath(topic, 22))).text();
  expect(page).not.toContain("<p>This is number 20.</p>");
  expect(page).toContain("<p>This is number 22.</p>");
});

test("a guest who replies is told to sign in, and keeps what they wrote", async () => {
  const topic = await make.topic();
  const response = await visit(topicPath(topic), { form: hi });
  expect([response.status, (await response.text()).includes(`href="/sign-in?next=${encodeURIComponent(topicPath(topic))}"`)]).toEqual([401, true]);
});

test.each([
  ["nothing but spaces", text("  "), "Write something first."],
  ["a frame", { type: "doc", content: [{ type: "iframe" }] }, "cannot be posted here"],
])("a reply of %s comes back with the reason", async (_what, body, reason) => {
  const response = await visit(topicPath(await make.topic()), { as: await make.member(), form: { body: JSON.stringify(body) } });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(reason);
});

test("a locked topic answers 403 with the reason", async () => {
  const topic = await make.topic({ lockedAt: new Date() });
  const response = await visit(topicPath(topic), { as: await make.member(), form: hi });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain("This topic is closed to new replies.");
});

test("a reply redirects to itself", async () => {
  const topic = await make.topic();
  const response = await visit(topicPath(topic), { as: await make.member(), form: hi });
  expect([response.status, response.headers.get("location")]).toEqual([302, `${topicPath(topic, 1)}#post-1`]);
});

test("a guest's page of a topic loads no more than 150 kB of script", async () => {
  const topic = await make.topic({ kind: "question" });
  await make.post({ topicId: topic.id });
  const bytes = await scriptBytes(origin + topicPath(topic));
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(150_000);
});
