import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser, visitor } from "./open-browser.ts";

const press = async (page: Page, selector: string) => {
  await Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);
};

describe.skipIf(!hasBrowser)("without scripts", () => {
  test("a member asks, replies, previews, edits, reacts, votes, accepts, follows, reads what came, and signs out, by plain forms", { timeout: 120_000 }, async () => {
    const cleo = await visitor({ javaScriptEnabled: false });
    await cleo.signInByForm("cleo");
    const { page } = cleo;

    await page.goto("/new-topic?kind=question");
    await page.locator('select[name="category"]').selectOption({ index: 1 });
    await page.fill('textarea[name="body"]', "Is it *really* so?");
    await press(page, 'button:text("Ask the question")');
    // The title is missing: all that was typed is still there.
    expect(await page.locator("main form [aria-invalid=true]").first().getAttribute("name")).toBe("title");
    expect(await page.inputValue('textarea[name="body"]')).toBe("Is it *really* so?");
    await cleo.see("plain-refused");
    await page.fill('input[name="title"]', "A question asked by a plain form");
    await press(page, 'button:text("Ask the question")');
    const topic = new URL(page.url()).pathname;
    expect(await page.locator("#post-1 .prose em").innerText()).toBe("really");

    const max = await visitor({ javaScriptEnabled: false });
    await max.signIn("max");
    await max.page.goto(topic);
    await max.page.fill('#reply textarea[name="body"]', "It is **so**.");
    await press(max.page, 'button:text("Preview")');
    expect(await max.page.locator("main .prose strong").innerText()).toBe("so");
    await max.see("plain-preview");
    expect(await max.page.inputValue('main textarea[name="body"]')).toBe("It is **so**.");
    await press(max.page, 'main form button:text-is("Send")');
    expect(await max.page.locator("#post-2 .prose strong").innerText()).toBe("so");
    await max.page.goto(`${topic}/2/edit`);
    await max.page.fill('textarea[name="body"]', "It is **so**, mostly.");
    await press(max.page, 'button:text-is("Save")');
    expect(await max.page.locator("#post-2 .prose").innerText()).toBe("It is so, mostly.");
    await max.page.locator('#post-1 summary[aria-label^="React"]').click();
    await press(max.page, '#post-1 .palette button[value="insightful"]');
    expect(await max.page.locator('#post-1 .chip[data-kind="insightful"]').getAttribute("aria-pressed")).toBe("true");
    await press(max.page, 'button:text("I have this question too")');
    expect(await max.page.locator("#post-1").innerText()).toContain("1 vote");
    await max.see("plain-topic");

    await page.goto(topic);
    await press(page, '#post-2 button:text("Accept as the answer")');
    expect(await page.locator("main header").innerText()).toContain("Solved");
    await cleo.see("plain-accepted");
    await page.goto("/notifications");
    expect(await page.locator("main").innerText()).toContain("A question asked by a plain form");
    await cleo.see("plain-notifications");
    await page.locator('header summary:has(img), header summary:has([aria-hidden="true"])').last().click();
    await press(page, 'form[action="/sign-out"] button');
    expect(await page.locator('header a[href^="/sign-in"]').count()).toBeGreaterThan(0);
    await cleo.context.close();
    await max.context.close();
  });
});

describe.skipIf(!hasBrowser)("on a phone", () => {
  test("the bottom bar leads to everything; writing has the screen to itself", { timeout: 120_000 }, async () => {
    const { page, signInByForm, see, troubles } = await visitor({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await signInByForm("cleo");
    for (const [name, address] of [["home", "/"], ["search", "/search?q=battery"], ["inbox", "/notifications"], ["profile", "/u/cleo"], ["divisions", "/divisions"], ["tags", "/tags"], ["settings", "/settings/profile"]] as const) {
      await page.goto(address);
      await see(`phone-${name}`);
    }
    await page.goto("/latest");
    await page.locator('main a[href^="/t/"]').first().tap();
    await page.locator("[data-stream]").waitFor();
    await see("phone-topic");
    const post = page.locator("[data-stream] article:has([data-reply])").first();
    await post.locator("[data-reply]").tap();
    const field = page.locator(".dock [contenteditable=true]");
    await field.waitFor();
    await field.pressSequentially("From the train.");
    // What a keyboard leaves of the screen.
    await page.setViewportSize({ width: 390, height: 460 });
    await page.locator(".bottom-bar").waitFor({ state: "hidden" });
    await see("phone-writing");
    await page.locator(".dock form button").filter({ hasText: /^Reply$/ }).tap();
    await page.locator(".dock").waitFor({ state: "detached" });
    expect(await page.locator('[data-stream] article[data-author="cleo"]').last().innerText()).toContain("From the train.");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator(".bottom-bar").waitFor();
    await see("phone-replied");

    // At the end of the page the room of the bar stays when the bar goes: a button is where it was when the finger came down.
    const own = await page.locator('[data-stream] article[data-author="cleo"]').last().getAttribute("id");
    await page.setViewportSize({ width: 390, height: 460 });
    await page.goto(`${new URL(page.url()).pathname.replace(/\/\d+$/, "").replace(/(\/t\/[^/]+\/\d+).*/, "$1")}/${own!.replace("post-", "")}/edit`);
    const save = page.locator("main form button").filter({ hasText: "Save" });
    await save.waitFor();
    await page.evaluate(() => ((document.activeElement as HTMLElement | null)?.blur(), window.scrollTo(0, document.body.scrollHeight)));
    await save.tap();
    await page.waitForURL((to) => !to.pathname.endsWith("/edit"));
    expect(troubles).toEqual([]);
  });
});
