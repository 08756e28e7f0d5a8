import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "#db/client.ts";
import { posts, reactions, topicVotes } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { hasBrowser, visitor } from "./open-browser.ts";

async function aTopic() {
  const topic = await make.topic({ categoryId: (await make.category()).id });
  await make.post({ topicId: topic.id });
  return { topic, path: `/t/${topic.slug}/${topic.id}` };
}

describe.skipIf(!hasBrowser)("without a connection", { timeout: 120_000 }, () => {
  test("a reply waits with all that was typed, and is posted once when there is one again", async () => {
    const { page, context, signIn, see } = await visitor();
    const { topic, path } = await aTopic();
    await signIn("cleo");
    await page.goto(path);
    await page.locator('#reply textarea[name="body"]').focus();
    const field = page.locator("#reply [contenteditable=true]");
    await field.waitFor();
    await context.setOffline(true);
    await field.pressSequentially("Written in a tunnel.");
    await page.locator("#reply button[type=submit]").filter({ hasText: /^Reply$/ }).click();
    const bar = page.locator(".notice-bar");
    await bar.waitFor();
    expect(await bar.innerText()).toContain("There is no connection");
    expect(await field.innerText()).toContain("Written in a tunnel.");
    expect(await db.$count(posts, eq(posts.topicId, topic.id))).toBe(1);
    await see("offline-bar");

    await context.setOffline(false);
    await page.locator('[data-stream] article[data-author="cleo"]').filter({ hasText: "Written in a tunnel." }).waitFor();
    await bar.waitFor({ state: "detached" });
    expect(await db.$count(posts, eq(posts.topicId, topic.id))).toBe(2);
  });

  test("a reaction and a vote whose answers were lost on their way are sent again, and stay", async () => {
    const { page, signIn } = await visitor();
    const topic = await make.topic({ kind: "idea", categoryId: (await make.category()).id });
    const post = await make.post({ topicId: topic.id });
    await signIn("cleo");
    await page.goto(`/t/${topic.slug}/${topic.id}`);
    const lost: string[] = [];
    // The server takes each in; what it answers does not come back the first time.
    await page.route(/\/(react|vote)\.data/, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (lost.includes(pathname)) return route.continue();
      lost.push(pathname);
      await route.fetch();
      await route.abort("connectionreset");
    });
    // What is sent again is what scripts sent: they must be there. React leaves its mark on what it has taken over.
    await page.waitForFunction(() => Object.keys(document.querySelector("#post-1 .palette") ?? {}).some((key) => key.startsWith("__reactProps")));
    await page.locator('#post-1 details:has(.palette) > summary').click();
    await page.locator('#post-1 .palette button[value="like"]').click();
    await page.locator('#post-1 .chip[data-kind="like"][aria-pressed="true"]').waitFor();
    await page.locator('form[action$="/vote"] button').click();
    await page.locator('form[action$="/vote"] button[aria-pressed="true"]').waitFor();
    expect(lost).toHaveLength(2);
    expect([await db.$count(reactions, eq(reactions.postId, post.id)), await db.$count(topicVotes, eq(topicVotes.topicId, topic.id))]).toEqual([1, 1]);
  });

  test("a step to another page waits, and leaves what is being written in its place until it is made", async () => {
    const { page, context, signIn } = await visitor();
    const { path } = await aTopic();
    await signIn("cleo");
    await page.goto(path);
    await page.locator('#reply textarea[name="body"]').focus();
    const field = page.locator("#reply [contenteditable=true]");
    await field.waitFor();
    await field.pressSequentially("Half a thought");
    await page.locator('#reply [role="status"]').filter({ hasText: /saved/i }).waitFor();
    await context.setOffline(true);
    // The browser has not even the code of that page.
    await page.locator('a[href="/tags"]').first().click();
    await page.locator(".notice-bar").waitFor();
    expect(await field.innerText()).toContain("Half a thought");
    await context.setOffline(false);
    await page.waitForURL("**/tags");
    await page.locator(".notice-bar").waitFor({ state: "detached" });
  });

  test("a page that cannot be reached says so by itself, keeps nothing of what members read, and comes when it can", async () => {
    const { page, context, signIn, see } = await visitor({ serviceWorkers: "allow" });
    const { path } = await aTopic();
    await signIn("cleo");
    await page.goto("/");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.goto("/notifications");
    await context.setOffline(true);
    await page.goto(path);
    expect(await page.locator("h1").innerText()).toBe("There is no connection.");
    await see("offline-page");
    expect(await page.evaluate(async () => {
      const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().map(({ url }) => new URL(url).pathname);
    })).toEqual(["/offline"]);
    await context.setOffline(false);
    await page.locator("[data-stream] article").first().waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
  });
});
