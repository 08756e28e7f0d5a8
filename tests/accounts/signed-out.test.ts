import { expect, test } from "vitest";
import { endAllSessions } from "#app/accounts/sessions.ts";
import type { Member } from "#app/core/viewer.ts";
import { topicPath } from "#app/forums/paths.ts";
import { db } from "#db/client.ts";
import { connect, hear } from "#tests/support/connect.ts";
import { acting, addressOf, patternOf, place } from "#tests/support/every-route.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";

/** The cookie of a device whose session was ended from another one. */
async function lostDevice(member: Member): Promise<string> {
  const cookie = await cookieOf(member);
  await db.transaction((tx) => endAllSessions(tx, member.id));
  return cookie;
}

test("whoever was signed out on another device gets a 401 at each next step, which says so and leads back", async () => {
  const topic = await make.topic({ title: "Pumps that hum" });
  await make.post({ topicId: topic.id });
  const cookie = await lostDevice(await make.member());

  for (const path of ["/settings/profile", "/notifications", "/new-topic?kind=idea", "/drafts"]) {
    const page = await visit(path, { cookie });
    expect([path, page.status, page.headers.get("cache-control")]).toEqual([path, 401, "no-store"]);
    const html = await page.text();
    expect(html).toContain("You were signed out");
    expect(html).toContain(`href="/sign-in?next=${encodeURIComponent(path)}"`);
    expect((await visit(path)).status, `${path} as a guest`).toBe(302);
  }
  // What guests may read is read on, with a line above it, as often as it is asked for.
  for (const path of ["/", "/latest", topicPath(topic), topicPath(topic)]) {
    const page = await visit(path, { cookie });
    expect([path, page.status]).toEqual([path, 401]);
    const html = await page.text();
    expect(html).toContain("Pumps that hum");
    expect(html).toContain("You were signed out, here or on another device");
    const asGuest = await visit(path);
    expect(asGuest.status).toBe(200);
    expect(await asGuest.text()).not.toContain("You were signed out");
  }
});

test("scripts of a device that was signed out get a 401, too", async () => {
  const topic = await make.topic();
  const post = await make.post({ topicId: topic.id });
  const cookie = await lostDevice(await make.member());
  const path = topicPath(topic);
  for (const data of [`${path}.data`, "/_root.data", "/settings/profile.data", `${path}/posts?from=1&as=json`, `${path}/posts.data?from=1`]) expect([data, (await visit(data, { cookie })).status]).toEqual([data, 401]);
  expect((await visit("/drafts/topic", { cookie, method: "PUT", body: "{}", headers: { "content-type": "application/json" } })).status).toBe(401);
  expect((await visit(`${path}/${post.number}/react`, { cookie, form: { on: "like" } })).status).toBe(401);
  expect((await visit(`${path}/${post.number}/react.data`, { cookie, form: { on: "like" } })).status).toBe(401);
});

test("what was hidden from guests and what never was answer alike to a device that was signed out", async () => {
  const hidden = await make.topic({ title: "Not for all", categoryId: (await make.category({ members: "reply" })).id });
  await make.post({ topicId: hidden.id });
  const cookie = await lostDevice(await make.member());
  const [one, other] = await Promise.all([hidden.id, hidden.id + 1000].map(async (id) => {
    const answer = await visit(`/t/x/${id}`, { cookie });
    return [answer.status, /<main[^]*<\/main>/.exec(await answer.text())![0].replaceAll(String(id), "ID")];
  }));
  expect(one![0]).toBe(401);
  expect(one).toEqual(other);
  expect((await visit(`/t/x/${hidden.id}`)).status).toBe(404);
});

test("a form sent without scripts after that comes back with all that was typed, and can be sent again", async () => {
  const author = await make.member();
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const cookie = await lostDevice(author);
  const form = { body: "My **long** answer, <b>word</b> by word.", key: "0f0e0d0c-0b0a-4900-8807-060504030201", password: "not this one" };
  const refused = await visit(topicPath(topic), { cookie, form });
  expect(refused.status).toBe(401);
  const html = await refused.text();
  expect(html).toContain("My **long** answer, &lt;b&gt;word&lt;/b&gt; by word.</textarea>");
  expect(html).toContain(`<input type="hidden" name="key" value="${form.key}"/>`);
  expect(html).toContain(`action="${topicPath(topic)}"`);
  expect(html).toContain('target="_blank"');
  expect(html).not.toContain("not this one");
  expect((await visit(topicPath(topic), { as: author, form })).headers.get("location")).toContain(`${topicPath(topic)}/2`);

  // By script the form itself stays, and is told.
  const told = await visit(`${topicPath(topic)}.data`, { cookie, form });
  expect([told.status, await told.text()]).toEqual([401, expect.stringContaining("Nothing you typed is lost")]);
});

test("one can sign in from there, or go on as a guest where one was", async () => {
  const cookie = await lostDevice(await make.member());
  expect((await visit("/sign-in", { cookie, form: { login: "nobody", password: "not the right one" } })).status).toBe(422);
  const gone = await visit("/sign-out", { cookie, form: { next: "/latest" } });
  expect([gone.status, gone.headers.get("location"), gone.headers.get("set-cookie")]).toEqual([302, "/latest", expect.stringContaining("Max-Age=0")]);
  expect((await visit("/sign-out", { cookie, form: { next: "//evil.example" } })).headers.get("location")).toBe("/");
});

test("a page whose session ended while its connection was lost is told when it is back", async () => {
  const cookie = await lostDevice(await make.member());
  expect(await hear(await connect(undefined, { cookie }), "session.ended")).not.toBe("nothing");
});

test("every form that comes after that without scripts is answered with the words in it, in the frame of the site", { timeout: 60_000 }, async () => {
  const { params } = await place();
  const cookie = await lostDevice(await make.member());
  const words = "Words that <i>someone</i> wrote.";
  // What guests do too, what only scripts ask, and files, which no form can give back.
  const others = new Set(["accounts/routes/sign-in", "accounts/routes/sign-up", "accounts/routes/sign-out", "accounts/routes/ask-reset", "accounts/routes/reset-password", "accounts/routes/setup", "accounts/routes/confirm-email", "forums/routes/acts/dismiss-banner", "notifications/routes/stop-mail", "insights/routes/stop-brief", "profiles/routes/picture", "blogs/routes/cover"]);
  let count = 0;
  for (const { id, module } of acting) {
    if (others.has(id) || !module.default) continue;
    const answer = await visit(addressOf(patternOf(id), params), { cookie, form: { title: "Typed", body: words, password: "not this one" } });
    const html = await answer.text();
    expect([id, answer.status, html.includes("Words that &lt;i&gt;someone&lt;/i&gt; wrote.</textarea>"), html.includes("</header>") && html.includes("</footer>"), html.includes('rel="stylesheet"'), html.includes("not this one"), html.includes("Sign in again in a new tab")]).toEqual([id, 401, true, true, true, false, true]);
    count++;
  }
  expect(count).toBeGreaterThan(60);
});

test("a form with words whose writer has no session any more, nor its cookie, comes back as well; a button alone leads to signing in", async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const written = await visit(topicPath(topic), { form: { body: "Long", key: "" } });
  const html = await written.text();
  expect([written.status, html.includes("Long</textarea>"), html.includes("</header>")]).toEqual([401, true, true]);
  // Also what would be wrong in it: that can be put right when they are back.
  const empty = await visit(`/t/x/${topic.id}/edit`, { form: { title: "", kind: "none", reason: "Two words" } });
  expect([empty.status, (await empty.text()).includes("Two words</textarea>")]).toEqual([401, true]);
  const pressed = await visit(`${topicPath(topic)}/1/react`, { form: { on: "like" } });
  expect([pressed.status, pressed.headers.get("location")]).toEqual([302, expect.stringContaining("/sign-in?next=")]);
});

test("a page that says why a form failed stands in the frame of the site, whoever sent it", async () => {
  const member = await make.member();
  for (const path of ["/t/x/999999", "/t/x/999999/close", "/nowhere/at/all"]) {
    const html = await (await visit(path, { as: member, form: { body: "x" } })).text();
    expect([path, html.includes("</header>"), html.includes("</footer>"), html.includes(member.name)]).toEqual([path, true, true, true]);
  }
});
