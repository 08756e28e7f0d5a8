import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { make, text } from "#tests/support/make.ts";
import { hasBrowser, visitor } from "./open-browser.ts";

const words = "A long while ago we changed the filter, and the pump has been quiet ever since. ".repeat(6);
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="260"><rect width="300" height="260" fill="#888"/></svg>';

/** Pictures that say nothing of their size, and come when they are let. */
async function latePictures(context: BrowserContext) {
  let open = () => {};
  let gate = Promise.resolve();
  await context.route("**/late-*.svg", async (route) => {
    await gate;
    await route.fulfill({ contentType: "image/svg+xml", headers: { "Cache-Control": "no-store" }, body: PICTURE });
  });
  return { hold: () => void (gate = new Promise((resolve) => (open = resolve))), release: () => open() };
}

/** Once it stands still: a wheel goes on for a moment. */
const topAtRest = async (page: Page, selector: string) => {
  let [before, now]: [number, number | null] = [NaN, await topOf(page, selector)];
  while (before !== now) [before, now] = [now ?? 0, await page.evaluate((selector) => new Promise<number>((resolve) => setTimeout(() => resolve(document.querySelector(selector)!.getBoundingClientRect().top), 120)), selector)];
  return now!;
};
const topOf = (page: Page, selector: string) => page.evaluate((selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? null, selector);
const arePicturesThere = (page: Page) => page.evaluate(() => [...document.querySelectorAll<HTMLImageElement>("img[src*=late]")].every((image) => image.complete && image.naturalHeight > 0));

/** Moves the page as a hand does, until the element stands so high. */
async function scrollTo(page: Page, selector: string, top: number) {
  await page.mouse.move(600, 500);
  await expect.poll(async () => {
    const off = Math.round((await topAtRest(page, selector)) - top);
    if (off !== 0) await page.mouse.wheel(0, off);
    return Math.abs(off);
  }, { timeout: 20_000, interval: 100 }).toBeLessThanOrEqual(1);
}

// One after the other, on one community: see open-browser.ts.
describe.skipIf(!hasBrowser)("coming back", { timeout: 180_000 }, () => {
  test("Back and reloading lead to the same post at the same height, however the topic is read, and late pictures move nothing", async () => {
    const { page: first } = await visitor();
    await first.close();
    const [author, categoryOf] = [await make.member({ username: "tilda" }), await make.category()];
    const topic = await make.topic({ authorId: author.id, categoryId: categoryOf.id });
    for (let number = 1; number <= 70; number++) {
      const picture = number >= 28 && number <= 38 ? `<p><img src="/late-${number}.svg" alt=""></p>` : "";
      await make.post({ topicId: topic.id, body: text(words), ...(picture && { bodyHtml: `${picture}<p>${words}</p>${picture}` }) });
    }
    const path = `/t/${topic.slug}/${topic.id}`;
    await make.member({ username: "paula", prefersPages: true });

    for (const reads of ["in one go", "in pages"] as const) {
      const { page, context, signIn, troubles } = await visitor();
      const pictures = await latePictures(context);
      if (reads === "in pages") {
        await signIn("paula");
        await page.goto(`${path}/21`);
      } else {
        await page.goto(path);
        for (const last of [40, 60]) {
          await page.getByText("Show more posts").click();
          await page.locator(`[data-stream] [data-number="${last}"]`).waitFor();
        }
      }
      const post = '[data-stream] [data-number="35"]';
      await scrollTo(page, post, 30);
      await expect.poll(() => arePicturesThere(page), { timeout: 10_000 }).toBe(true);
      await scrollTo(page, post, 30);
      await expect.poll(() => new URL(page.url()).pathname).toBe(`${path}/35`);
      const top = (await topOf(page, post))!;
      const isThere = async () => Math.abs(((await topOf(page, post)) ?? 9999) - top) <= 2;

      pictures.hold();
      await page.locator(`${post} .post-name`).click();
      await page.waitForURL("**/u/tilda");
      // The address changes before the page does.
      await page.locator(post).waitFor({ state: "detached" });
      await page.goBack();
      await expect.poll(isThere, { timeout: 10_000, message: `${reads}, back` }).toBe(true);
      pictures.release();
      await expect.poll(() => arePicturesThere(page), { timeout: 10_000 }).toBe(true);
      await expect.poll(isThere, { timeout: 10_000, message: `${reads}, back, with pictures` }).toBe(true);
      expect(new URL(page.url()).pathname).toBe(`${path}/35`);
      if (reads === "in one go") expect(await page.locator('[data-stream] [data-number="1"], [data-stream] [data-number="60"]').count()).toBe(2);

      pictures.hold();
      await page.reload({ waitUntil: "commit" });
      await expect.poll(isThere, { timeout: 10_000, message: `${reads}, reloaded` }).toBe(true);
      pictures.release();
      await expect.poll(() => arePicturesThere(page), { timeout: 10_000 }).toBe(true);
      await expect.poll(isThere, { timeout: 10_000, message: `${reads}, reloaded, with pictures` }).toBe(true);

      // By way of another document, as another site is one.
      await page.goto("about:blank");
      await page.goBack({ waitUntil: "commit" });
      await expect.poll(isThere, { timeout: 10_000, message: `${reads}, from elsewhere` }).toBe(true);
      expect(new URL(page.url()).pathname).toBe(`${path}/35`);

      await expect.poll(async () => {
        await page.keyboard.press("End");
        return page.evaluate(() => [...document.querySelectorAll("footer")].at(-1)!.getBoundingClientRect().bottom <= innerHeight + 1);
      }, { timeout: 10_000, message: `${reads}, the footer` }).toBe(true);
      expect(troubles).toEqual([]);
      await context.close();
    }
  });

  test("Back from a topic leads to the same row of a list that had been loaded far, and the address names its page", async () => {
    const { page, context, signIn, troubles } = await visitor();
    const category = await make.category();
    const author = await make.member();
    const all = [];
    for (let n = 0; n < 95; n++) {
      const topic = await make.topic({ authorId: author.id, categoryId: category.id, lastPostAt: new Date(Date.now() - n * 60_000) });
      await make.post({ topicId: topic.id, createdAt: new Date(Date.now() - n * 60_000) });
      all.push(topic);
    }
    await make.member({ username: "perry", prefersPages: true });
    const list = `/c/${category.slug}/${category.id}`;
    const row = `.topic-list [data-topic="${all[40]!.id}"]`;
    const rows = () => page.locator(".topic-list [data-topic]").count();

    await page.goto(list);
    for (const count of [60, 90]) {
      await page.locator('a[rel="next"]').click();
      await expect.poll(rows).toBe(count);
    }
    await scrollTo(page, row, 40);
    // The second page of three: that is where row 41 is.
    await expect.poll(() => page.url()).toContain("?after=");
    const top = (await topOf(page, row))!;
    const isThere = async () => Math.abs(((await topOf(page, row)) ?? 9999) - top) <= 2;
    await page.locator(`${row} .topic-row-title`).click();
    await page.waitForURL("**/t/**");
    await page.locator(row).waitFor({ state: "detached" });
    await page.goBack();
    await expect.poll(rows, { timeout: 10_000 }).toBe(90);
    await expect.poll(isThere, { timeout: 10_000, message: "back" }).toBe(true);
    await page.reload({ waitUntil: "commit" });
    await expect.poll(isThere, { timeout: 10_000, message: "reloaded" }).toBe(true);
    await page.goto("about:blank");
    await page.goBack({ waitUntil: "commit" });
    await expect.poll(isThere, { timeout: 10_000, message: "from elsewhere" }).toBe(true);

    // The start page is a list as well.
    await page.goto("/");
    await page.locator('main a[rel="next"]').click();
    await expect.poll(rows).toBeGreaterThanOrEqual(60);

    // In pages.
    await signIn("perry");
    await page.goto(list);
    await page.locator('main a[rel="next"]').click();
    await page.locator(row).waitFor();
    await scrollTo(page, row, 140);
    await page.locator(`${row} .topic-row-title`).click();
    await page.waitForURL("**/t/**");
    await page.locator(row).waitFor({ state: "detached" });
    await page.goBack();
    await expect.poll(async () => Math.abs(((await topOf(page, row)) ?? 9999) - 140), { timeout: 10_000, message: "back in pages" }).toBeLessThanOrEqual(2);
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("keys pressed while a page comes to life break nothing", async () => {
    const author = await make.member();
    const topic = await make.topic({ authorId: author.id });
    for (let number = 1; number <= 20; number++) await make.post({ topicId: topic.id, body: text(words) });
    for (const rate of [2, 4, 4, 6]) {
      const { page, context, troubles } = await visitor();
      await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
      await page.goto(`/t/${topic.slug}/${topic.id}`, { waitUntil: "commit" });
      // The reader's place follows the keys once the page is alive.
      await expect.poll(async () => {
        await page.keyboard.press("End");
        return new URL(page.url()).pathname;
      }, { timeout: 30_000, interval: 5 }).toMatch(/\/\d+\/\d+$/);
      expect(troubles).toEqual([]);
      await context.close();
    }
  });
});
