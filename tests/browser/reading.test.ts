import { eq, gt, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { topics } from "#db/schema/forums.ts";
import { hasBrowser, visitor } from "./open-browser.ts";

const firstTopic = 'main a[href^="/t/"]';

// One after the other, on one community: fresh-database empties it before each test, so this is one journey.
describe.skipIf(!hasBrowser)("reading", () => {
  test("a guest reads on a wide screen, on the narrowest phone, in the dark and without scripts; a customer signs in and replies", { timeout: 240_000 }, async () => {
    for (const [name, options] of [
      ["wide", {}],
      ["narrow", { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }],
      ["dark", { colorScheme: "dark" as const }],
      ["no-scripts", { javaScriptEnabled: false }],
    ] as const) {
      const { page, see, troubles, context } = await visitor(options);
      await page.goto("/");
      await see(`${name}-home`);
      const to = await page.locator(firstTopic).first().getAttribute("href");
      await page.goto(to!);
      expect(await page.locator("main article").count()).toBeGreaterThan(0);
      await see(`${name}-topic`);
      expect(troubles).toEqual([]);
      await context.close();
    }

    const cleo = await visitor();
    await cleo.signInByForm("cleo");
    await cleo.page.goto("/");
    await cleo.see("member-home");
    const to = await cleo.page.locator(firstTopic).first().getAttribute("href");
    await cleo.page.goto(to!);
    await cleo.see("member-topic");

    // Who likes pages better gets one at a time; the others see it grow.
    const [long] = await db.select({ path: sql<string>`'/t/' || slug || '/' || id` }).from(topics).where(gt(topics.lastPostNumber, 60)).limit(1);
    const numbers = () => cleo.page.locator("[data-stream] [data-number]").evaluateAll((posts) => posts.map((post) => Number((post as HTMLElement).dataset.number)));
    await db.update(members).set({ prefersPages: true }).where(eq(members.username, "cleo"));
    await cleo.page.goto(`${long!.path}/1`);
    expect(await numbers()).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    await cleo.page.locator('main nav a[rel="next"]').click();
    await expect.poll(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 21));
    await db.update(members).set({ prefersPages: false }).where(eq(members.username, "cleo"));
    await cleo.page.goto(`${long!.path}/1`);
    await cleo.page.getByText("Show more posts").click();
    await expect.poll(numbers).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(cleo.troubles).toEqual([]);

    const plain = await visitor({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await plain.signIn("cleo");
    await plain.page.goto(to!);
    await plain.page.fill('textarea[name="body"]', "Written without a script.");
    await plain.page.locator('form:has(textarea[name="body"]) button[type="submit"]').first().click();
    expect(await plain.page.locator("main").innerText()).toContain("Written without a script.");
    await plain.see("no-scripts-replied");
  });
});
