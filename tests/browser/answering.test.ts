import { describe, expect, test } from "vitest";
import { hasBrowser, visitor } from "./open-browser.ts";

describe.skipIf(!hasBrowser)("answering", () => {
  test("someone reacts, quotes a post, writes below it at leisure, and all of it is posted", { timeout: 180_000 }, async () => {
    const { page, signIn, see, troubles } = await visitor();
    await signIn("cleo");
    await page.goto("/latest");
    await page.locator('main a[href^="/t/"]').first().click();
    const post = page.locator("[data-stream] article:has([data-quote]):has(summary.act)").nth(1);
    const number = await post.getAttribute("data-number");

    const again = page.locator(`#post-${number}`);
    await again.locator("summary").filter({ has: page.locator('use[href$="#smile"]') }).click();
    await again.locator('.palette button[value="celebrate"]').click();
    await again.locator('.chip[data-kind="celebrate"][aria-pressed="true"]').waitFor();

    await again.locator("[data-quote]").click();
    const field = page.locator(".dock [contenteditable=true]");
    await field.locator(".post-quote, blockquote").first().waitFor();
    await field.press("Control+End");
    await field.pressSequentially("First words.");
    // The form is drawn anew when it has been saved; what is typed before and after must both be sent.
    await page.locator('.dock [role="status"]').filter({ hasText: "saved" }).waitFor();
    await field.pressSequentially(" And last words.");
    await see("answering-docked");
    await page.locator(".dock form button").filter({ hasText: /^Reply$/ }).click();
    await page.locator(".dock").waitFor({ state: "detached" });

    const own = page.locator('[data-stream] article[data-author="cleo"]').last();
    expect(await own.locator(".prose").innerText()).toContain("First words. And last words.");
    expect(await own.locator(".post-parent").innerText()).toContain(`#${number}`);
    await see("answering-posted");
    expect(troubles).toEqual([]);
  });

  test("a name chosen while more of it is typed leaves no letter behind", { timeout: 120_000 }, async () => {
    const { page, signIn } = await visitor();
    await signIn("max");
    // The answer for the third letter never comes: what stands in the list is the one for two.
    await page.route(/autocomplete\/members\?q=cle$/, () => {});
    await page.goto("/new-topic");
    await page.locator('main textarea[name="body"]').focus();
    const field = page.locator("main [contenteditable=true]");
    await field.waitFor();
    await field.pressSequentially("Ask @cl");
    // Not the list for fewer letters, in which she is not the first.
    await page.locator('[role="listbox"] [role="option"][aria-selected="true"]').filter({ hasText: "@cleo" }).waitFor();
    await field.pressSequentially("e");
    await field.press("Enter");
    await field.locator("a.mention").waitFor();
    expect((await field.innerText()).trim()).toBe("Ask @cleo");
  });

  test("who writes the same reply on two devices is told that both are kept, and is offered the other", { timeout: 120_000 }, async () => {
    const [desk, phone] = [await visitor(), await visitor({ viewport: { width: 390, height: 844 } })];
    await desk.signIn("max");
    await phone.signIn("max");
    await desk.page.goto("/latest");
    const topic = (await desk.page.locator('main a[href^="/t/"]').first().getAttribute("href"))!.split("/").slice(0, 4).join("/");
    const fieldOf = async ({ page }: typeof desk) => {
      await page.locator('#reply textarea[name="body"]').focus();
      const field = page.locator("#reply [contenteditable=true]");
      await field.waitFor();
      return field;
    };
    const saved = ({ page }: typeof desk) => page.locator('#reply [role="status"]').filter({ hasText: "Draft saved" });
    await desk.page.goto(topic);
    await phone.page.goto(topic);
    await (await fieldOf(desk)).pressSequentially("At the desk.");
    await saved(desk).waitFor();
    expect(await saved(desk).innerText()).toBe("Draft saved");
    await (await fieldOf(phone)).pressSequentially("On the train.");
    await saved(phone).waitFor();
    expect(await saved(phone).innerText()).toContain("another device");

    await phone.page.goto(topic);
    expect(await phone.page.inputValue('#reply textarea[name="body"]')).toContain("At the desk.");
    await phone.page.getByRole("link", { name: "Take that one" }).click();
    await expect.poll(() => phone.page.locator('#reply textarea[name="body"]').inputValue().catch(() => ""), { timeout: 20_000 }).toContain("On the train.");
  });
});
