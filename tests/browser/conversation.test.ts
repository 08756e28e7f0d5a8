import type { BrowserContext } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser, mailedLink, visitor } from "./open-browser.ts";

// One community for the whole file, and one story: each test goes on where the one before it ended.
describe.skipIf(!hasBrowser)("a newcomer's question", { timeout: 120_000 }, () => {
  let topic = "";
  let asker: Awaited<ReturnType<BrowserContext["storageState"]>>;
  const answer = "Charge the base overnight first. Then hold both buttons until the light turns amber.";

  test("someone signs up, confirms the address by the link in the mail, and asks in the editor", async () => {
    const { page, see, troubles, context } = await visitor();
    await page.goto("/sign-up");
    await page.fill('input[name="username"]', "tamsin");
    await page.fill('input[name="email"]', "tamsin@example.com");
    await page.fill('input[name="password"]', "a kettle of seven fish");
    await see("sign-up");
    await page.locator("main form button").click();
    await page.waitForURL("**/check-mail**");
    await see("sign-up-check-mail");

    await page.goto(await mailedLink("tamsin@example.com"));
    await see("sign-up-confirm");
    await page.locator("main form button").click();
    await page.waitForURL((to) => to.pathname === "/");

    await page.goto("/new-topic?kind=question");
    await page.locator('select[name="category"]').selectOption({ index: 1 });
    await page.fill('input[name="title"]', "Why does my base blink amber twice?");
    await page.locator('textarea[name="body"]').focus();
    const field = page.locator("main [contenteditable=true]");
    await field.waitFor();
    await field.pressSequentially("It blinks **twice** and stops.");
    await field.press("Enter");
    await field.press("Enter");
    await field.pressSequentially("- I changed the battery");
    await field.press("Enter");
    await field.pressSequentially("I pressed reset");
    await page.fill('input[name="tags"]', "base, amber");
    await page.locator('main [role="status"]').filter({ hasText: "Saved as a draft" }).waitFor();
    await see("asking");
    await page.locator("main form button").filter({ hasText: "Ask the question" }).click();
    await page.waitForURL("**/t/**");
    topic = new URL(page.url()).pathname;

    const post = page.locator("#post-1 .prose");
    expect(await post.locator("strong").innerText()).toBe("twice");
    expect(await post.locator("ul > li").allInnerTexts()).toEqual(["I changed the battery", "I pressed reset"]);
    expect(await page.locator("main header").innerText()).toContain("#amber");
    await see("asked");
    // What has been posted is no draft any more.
    await page.goto("/drafts");
    expect(await page.locator("main").innerText()).toContain("Nothing unfinished");
    expect(troubles).toEqual([]);
    asker = await context.storageState();
    await context.close();
  });


  test("an answer arrives while the asker reads, is quoted by a selection, corrected with a reason, and accepted", async () => {
    const tamsin = await visitor({ storageState: asker });
    await tamsin.page.goto(topic);
    // The browser has a scrollbar's worth of page, and the reader stands somewhere in it.
    await tamsin.page.setViewportSize({ width: 1280, height: 420 });
    await tamsin.page.locator("#post-1 .post-acts").scrollIntoViewIfNeeded();
    const placeOf = () => tamsin.page.locator("#post-1").evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const before = await placeOf();

    const max = await visitor();
    await max.signIn("max");
    await max.page.goto(topic);
    await max.page.locator('#reply textarea[name="body"]').focus();
    const field = max.page.locator("#reply [contenteditable=true]");
    await field.waitFor();
    await field.pressSequentially("Charge the base overnight first.");
    // Whoever writes keeps on writing: what is typed before the line stands is told to nobody.
    const writing = tamsin.page.locator('[aria-live="polite"]').filter({ hasText: "Max" }).first();
    await expect.poll(async () => (await field.pressSequentially("."), writing.isVisible()), { timeout: 20_000 }).toBe(true);
    await tamsin.see("reply-live-writing");
    await field.pressSequentially(" Then hold both buttons until the light turns green.");
    await max.page.locator("#reply form button").filter({ hasText: /^Reply$/ }).click();

    const arrived = tamsin.page.locator("#post-2");
    await arrived.waitFor();
    expect(await arrived.innerText()).toContain("Charge the base overnight");
    expect(await placeOf()).toBe(before);
    await expect.poll(() => tamsin.page.locator(".page-aside dl").innerText()).toMatch(/Replies\s+1\b/);
    await tamsin.page.setViewportSize({ width: 1280, height: 900 });
    await tamsin.see("reply-live-arrived");

    // Some words of it are selected, and quoted by the button that appears beside them.
    const words = "overnight first";
    await arrived.locator("[data-quotable] p").evaluate((paragraph, wanted) => {
      const text = paragraph.firstChild!;
      const start = text.textContent!.indexOf(wanted);
      window.getSelection()!.setBaseAndExtent(text, start, text, start + wanted.length);
      document.dispatchEvent(new PointerEvent("pointerup"));
    }, words);
    await tamsin.see("quote-selected");
    await tamsin.page.locator(".quote-selection").click();
    const reply = tamsin.page.locator(".dock [contenteditable=true]");
    await reply.locator(".post-quote, blockquote").filter({ hasText: words }).waitFor();
    await reply.press("Control+End");
    await reply.pressSequentially("I did. It is amber, not green.");
    await tamsin.see("quote-answering");
    await tamsin.page.locator(".dock form button").filter({ hasText: /^Reply$/ }).click();
    const own = tamsin.page.locator("#post-3");
    await own.waitFor();
    expect(await own.locator(".prose").innerText()).toContain(words);
    expect(await own.locator(".post-parent").innerText()).toContain("#2");

    // It reaches the one who answered, who mends the answer and says why.
    await max.page.locator("#post-3").waitFor();
    await max.page.goto(`${topic}/2/edit`);
    await max.page.locator('textarea[name="body"]').focus();
    const edited = max.page.locator("main [contenteditable=true]");
    await edited.waitFor();
    await edited.press("Control+a");
    await edited.pressSequentially(answer);
    await max.page.fill('input[name="reason"]', "It is amber");
    await max.see("editing");
    await max.page.locator("main form button").filter({ hasText: "Save" }).click();
    await max.page.waitForURL(`**${topic}/2**`);

    // The reader sees the words change where they are, and what was changed.
    await arrived.locator(".prose").filter({ hasText: "turns amber" }).waitFor();
    await arrived.locator('a[href$="/2/history"]').first().click();
    await tamsin.page.waitForURL("**/history");
    await tamsin.page.locator("main del").first().waitFor();
    expect(await tamsin.page.locator("main del").allInnerTexts()).toContain("green");
    expect(await tamsin.page.locator("main ins").allInnerTexts()).toContain("amber");
    expect(await tamsin.page.locator("main").innerText()).toContain("It is amber");
    await tamsin.see("history");

    await tamsin.page.goto(topic);
    await tamsin.page.locator("#post-2 button").filter({ hasText: "Accept as the answer" }).first().click();
    await tamsin.page.locator("#post-2.post-solution").waitFor();
    await tamsin.page.locator("main header").filter({ hasText: "Solved" }).waitFor();
    await tamsin.see("accepted");

    // It is closed while they read: the page says so, and why.
    await max.page.goto(`${topic}/manage`);
    await max.page.locator('form[action$="/close"] input[name="reason"]').fill("All is said");
    await max.page.locator('form[action$="/close"] button').click();
    await max.page.waitForURL(`**${topic}`);
    await tamsin.page.locator("main header").filter({ hasText: "Closed to new replies: All is said" }).waitFor();
    await max.page.locator("main header").getByText("Manage").click();
    await max.page.locator('form[action$="/reopen"] button').click();
    await max.page.waitForURL(`**${topic}`);
    expect([...tamsin.troubles, ...max.troubles]).toEqual([]);
    await tamsin.context.close();
    await max.context.close();
  });

  test("on another device, the topic opens where its reader stopped", async () => {
    const max = await visitor();
    await max.signIn("max");
    await max.page.goto(topic);
    for (let count = 1; count <= 22; count++) {
      const answer = await max.page.request.post(`${max.url}${topic}`, { form: { body: `And another thing, number ${count}.` }, maxRedirects: 0 });
      expect(answer.status()).toBe(302);
    }
    // What is refused by a route that has no form of its own is said all the same.
    await max.page.goto(`${topic}/manage`);
    await max.page.fill('input[name="until"]', "2020-01-01");
    await max.page.locator('form[action$="/pin"] button').click();
    await max.page.locator("main h1").filter({ hasText: "Choose a moment in the future" }).waitFor();
    await max.see("act-refused");
    await max.page.goto(`${topic}/pin`);
    expect(new URL(max.page.url()).pathname).toBe(topic);

    const { page, see, troubles } = await visitor({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await page.goto("/sign-in");
    await page.fill('input[name="login"]', "tamsin");
    await page.fill('input[name="password"]', "a kettle of seven fish");
    await page.locator('main button[type="submit"]').click();
    await page.waitForURL((to) => to.pathname === "/");
    await page.goto("/unread");
    await page.locator("main a").filter({ hasText: "Why does my base blink amber twice?" }).first().click();
    const next = page.locator('[data-stream] .continue + article[data-number="4"]');
    await next.waitFor();
    // It stands on the screen, under the page's head.
    await expect.poll(() => next.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(500);
    expect(await next.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(0);
    await see("other-device-continues");
    expect(troubles).toEqual([]);
  });
});
