import { describe, expect, test } from "vitest";
import { db } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import { make } from "#tests/support/make.ts";
import { hasBrowser, visitor } from "./open-browser.ts";

describe.skipIf(!hasBrowser)("signed out from another device", { timeout: 120_000 }, () => {
  test("an open page says so, keeps what is being written, and sends it once its writer is back", async () => {
    const [phone, laptop] = [await visitor(), await visitor()];
    await phone.signIn("cleo");
    await laptop.signIn("cleo");
    const topic = await make.topic({ categoryId: (await make.category()).id });
    await make.post({ topicId: topic.id });
    const path = `/t/${topic.slug}/${topic.id}`;

    const { page, context } = phone;
    await page.goto(path);
    await page.locator('#reply textarea[name="body"]').focus();
    const field = page.locator("#reply [contenteditable=true]");
    await field.waitFor();
    await field.pressSequentially("Before that it hummed.");
    await page.locator('#reply [role="status"]').filter({ hasText: /saved/i }).waitFor();

    // From the laptop, by the form that people have.
    await laptop.page.goto("/settings/sessions");
    await laptop.page.locator('form:has(input[value="others"]) button').click();
    const bar = page.locator(".notice-bar");
    await bar.waitFor({ timeout: 15_000 });
    expect(await bar.innerText()).toContain("What you have written here stays");
    await field.press("End");
    await field.pressSequentially(" Now it is still.");
    await phone.see("signed-out-bar");

    // Sending it now is refused, and leaves it where it is.
    await page.locator("#reply button[type=submit]").last().click();
    await page.locator("#reply [role=alert]").filter({ hasText: "You were signed out" }).waitFor();
    expect(await field.innerText()).toContain("Now it is still.");

    // Nothing of the page goes away after that either, once all it asks for has come.
    await page.waitForLoadState("networkidle");
    expect(await field.innerText()).toContain("Now it is still.");

    // Another tab of this device: its pages are 401, and lead to the way in.
    const [beside] = await Promise.all([context.waitForEvent("page"), bar.getByRole("link", { name: "Sign in again" }).click()]);
    await beside.fill('input[name="login"]', "cleo");
    await beside.fill('input[name="password"]', "wellspring-demo");
    await beside.locator('main button[type="submit"]').click();
    await beside.waitForURL((to) => to.pathname.startsWith(path));
    await beside.close();
    await page.bringToFront();
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await bar.waitFor({ state: "detached", timeout: 15_000 });
    expect(await field.innerText()).toContain("Before that it hummed. Now it is still.");
    await page.locator("#reply button[type=submit]").last().click();
    await page.locator('[data-stream] [data-number="2"]').filter({ hasText: "Now it is still." }).waitFor();
    await laptop.context.close();
    await context.close();
  });

  test("who types on when the session has run out by itself is told at once, and signs in beside it", async () => {
    const { page, signIn, context } = await visitor();
    await signIn("cleo");
    const topic = await make.topic({ categoryId: (await make.category()).id });
    await make.post({ topicId: topic.id });
    await page.goto(`/t/${topic.slug}/${topic.id}`);
    await page.locator('#reply textarea[name="body"]').focus();
    const field = page.locator("#reply [contenteditable=true]");
    await field.waitFor();
    await context.clearCookies();
    await field.pressSequentially("Written when nobody knew.");
    const bar = page.locator(".notice-bar");
    await bar.waitFor();
    expect(await bar.innerText()).toContain("What you have written here stays");
    expect(await field.innerText()).toContain("Written when nobody knew.");
    await context.close();
  });

  test("a page on which nothing was begun is made anew, and says why it is another", async () => {
    const phone = await visitor();
    await phone.signIn("max");
    await phone.page.goto("/notifications");
    const laptop = await visitor();
    await laptop.signIn("max");
    await laptop.page.goto("/settings/sessions");
    await laptop.page.locator('form:has(input[value="others"]) button').click();
    await phone.page.getByRole("heading", { name: "You were signed out" }).waitFor({ timeout: 15_000 });
    expect(await phone.page.getByRole("link", { name: "Sign in again" }).first().getAttribute("href")).toBe("/sign-in?next=%2Fnotifications");
    await phone.see("signed-out-page");
    await phone.page.goto("/latest");
    await phone.see("signed-out-list");
    await phone.page.getByRole("button", { name: "Go on as a guest" }).click();
    await phone.page.waitForURL("**/latest");
    await phone.page.locator(".notice-bar").waitFor({ state: "detached" });
    await phone.context.close();
    await laptop.context.close();
  });

  test("a form in the settings is refused with all that was typed in it", async () => {
    const phone = await visitor();
    await phone.signIn("cleo");
    await phone.page.goto("/settings/profile");
    await phone.page.fill('textarea[name="bio"]', "I mend what hums.");
    // The session ends on another device, and the page has not heard of it yet.
    await db.delete(sessions);
    await phone.page.locator('main form:has(textarea[name="bio"]) button[type="submit"]').click();
    await phone.page.locator('main [role="alert"]').filter({ hasText: "You were signed out" }).waitFor();
    await phone.page.waitForLoadState("networkidle");
    expect(await phone.page.inputValue('textarea[name="bio"]')).toBe("I mend what hums.");
    await phone.context.close();
  });
});
