import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { desc, eq, isNotNull } from "drizzle-orm";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { pathOf } from "#app/wikis/paths.ts";
import { db } from "#db/client.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { pages } from "#db/schema/wikis.ts";
import { hasBrowser, visitor } from "./open-browser.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** What axe finds that would keep people out, as a line each. It takes the initials in a picture's place for words of a label. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Violation = { id: string; impact: string; nodes: { html: string; target: string[] }[] };
    const { violations } = await (globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }).axe.run({ resultTypes: ["violations"], rules: { "label-content-name-mismatch": { enabled: false } } });
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`));
  });
}

describe.skipIf(!hasBrowser)("blogs and wikis", () => {
  test("keep nobody out who reads by ear, by key, or in the dark", { timeout: 240_000 }, async () => {
    const light = await visitor();
    await light.signIn("ada");
    const [page] = await db.select().from(pages).where(isNotNull(pages.parentId)).limit(1);
    const inWiki = pathOf({ ...page!, wiki: { slug: "handbook" } });
    const shown = await db.select({ id: articles.id, slug: articles.slug, state: articles.state, blog: blogs.slug }).from(articles).innerJoin(blogs, eq(blogs.id, articles.blogId)).orderBy(desc(articles.id));
    const pathTo = (state: string) => {
      const { id, slug, blog } = shown.find((article) => article.state === state)!;
      return `/b/${blog}/${slug}-${id}`;
    };
    const all = [
      "/w/handbook", "/w/handbook/arrange", inWiki, ...["history?to=1&as=side", "manage"].map((rest) => `${inWiki}/${rest}`), "/admin/wikis",
      "/b/commons", pathTo("published"), `${pathTo("published")}/history`, `${pathTo("draft")}/publish`, "/my-articles", "/admin/blogs/new",
    ];
    const found: Record<string, string[]> = {};
    const look = async ({ page }: typeof light, address: string, name = address) => {
      const answer = await page.goto(address);
      expect([address, answer!.status()]).toEqual([address, 200]);
      const met = await barriers(page);
      if (met.length > 0) found[name] = met;
    };
    for (const address of all) await look(light, address);

    // The editor is there when someone begins to write.
    for (const address of [`${inWiki}/edit`, "/b/commons/new"]) {
      await light.page.goto(address);
      await light.page.locator('main textarea[name="body"]').focus();
      await light.page.locator("main [contenteditable=true]").waitFor();
      const met = await barriers(light.page);
      if (met.length > 0) found[`${address} in the editor`] = met;
    }
    const dark = await visitor({ colorScheme: "dark", storageState: await light.context.storageState() });
    for (const address of [inWiki, `${inWiki}/history?to=1`, pathTo("published")]) await look(dark, address, `${address} in the dark`);
    expect(found).toEqual({});
  });
});

describe.skipIf(!hasBrowser)("insights, settings and administration", () => {
  test("keep nobody out either", { timeout: 240_000 }, async () => {
    const light = await visitor();
    await light.signIn("ada");
    const dark = await visitor({ colorScheme: "dark", storageState: await light.context.storageState() });
    const all = [
      "/insights", "/insights/themes?view=board", "/insights/statements", "/insights/accuracy", "/insights/glossary", "/insights/accounts",
      "/settings/account", "/notifications", "/admin", "/admin/audit", "/search?q=zzzqqq",
    ];
    const found: Record<string, string[]> = {};
    for (const [{ page }, address] of [...all.map((address) => [light, address] as const), ...["/insights", "/admin"].map((address) => [dark, address] as const)]) {
      expect([address, (await page.goto(address))!.status()]).toEqual([address, 200]);
      const met = await barriers(page);
      if (met.length > 0) found[address] = met;
    }
    expect(found).toEqual({});
  });

  test("whoever sends a form with mistakes is brought to the first of them", { timeout: 120_000 }, async () => {
    const { page, signIn } = await visitor();
    await signIn("ada");
    await page.setViewportSize({ width: 390, height: 420 });
    await page.goto("/admin/blogs/new");
    await page.locator("main form").last().evaluate((form: HTMLFormElement) => { form.noValidate = true; });
    await page.locator("main form button").last().click();
    const name = page.locator("main input[name=name]");
    await expect.poll(() => name.evaluate((field) => field === document.activeElement), { timeout: 20_000 }).toBe(true);
    expect(await name.evaluate((field) => field.getBoundingClientRect().top > 60 && field.getBoundingClientRect().bottom < innerHeight)).toBe(true);
  });
});
