import { eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { db } from "#db/client.ts";
import { pages } from "#db/schema/wikis.ts";
import { make } from "#tests/support/make.ts";
import { hasBrowser, visitor } from "./open-browser.ts";

/** What becomes so, however slow the machine. */
const eventually = <Seen>(look: () => Seen) => expect.poll(look, { timeout: 20_000 });
/** A click that leads to another page. */
const press = (page: Page, what: Locator) => Promise.all([page.waitForEvent("framenavigated"), what.click()]);
const button = (page: Page, name: string | RegExp) => page.locator("main").getByRole("button", { name, exact: true });
const textField = async (page: Page) => {
  await page.locator('main textarea[name="body"]').focus();
  const field = page.locator("main [contenteditable=true]");
  await field.waitFor();
  return field;
};
const tree = (page: Page) => page.locator(".arrange-row").evaluateAll((rows) => rows.map((row) => `${"-".repeat(Number(getComputedStyle(row).getPropertyValue("--depth")))}${row.querySelector("a")!.textContent}`));

// One community for the whole file, and one story: each test goes on where the one before it ended.
describe.skipIf(!hasBrowser)("a wiki", { timeout: 240_000 }, () => {
  let path = "";

  test("a page is written in the editor, with links to a page that is there and to one that is not, and followed", async () => {
    const { page, signIn, see, troubles, context } = await visitor();
    await signIn("cleo");
    await page.goto("/w/handbook");
    await see("wiki-home");
    await page.locator("main header").getByRole("link", { name: "New page" }).click();
    await page.fill('input[name="title"]', "Cellar rules");
    const field = await textField(page);
    await field.pressSequentially("Read [[reading");
    const choices = page.locator(".editor-suggestions");
    await choices.locator('[aria-selected="true"]').filter({ hasText: "Reading the app" }).waitFor();
    await see("wiki-suggestions");
    await field.press("Enter");
    await field.pressSequentially("first, then [[House of pipes]].");
    await field.press("Enter");
    await field.pressSequentially("The cellar is warm.");
    await field.press("Enter");
    await field.pressSequentially("Lock the door.");
    await page.locator('main [role="status"]').filter({ hasText: "Saved as a draft" }).waitFor();
    await see("wiki-writing");
    await button(page, "Publish page").click();
    await page.waitForURL(/\/w\/handbook\/cellar-rules-\d+$/);
    path = new URL(page.url()).pathname;

    const words = page.locator("main article.prose");
    await eventually(() => words.locator("p").allInnerTexts()).toEqual(["Read Reading the app: made, used, sold, bought first, then House of pipes.", "The cellar is warm.", "Lock the door."]);
    expect(await words.locator("a").first().getAttribute("href")).toMatch(/^\/w\/handbook\/reading-the-app-[a-z-]+-\d+$/);
    expect(await words.locator("a.page-wanted").innerText()).toBe("House of pipes");
    // Who writes a page follows it: what changes hands here is how far.
    await page.locator("main header details summary").first().click();
    await page.locator('main header button[name="level"][value="subtree"]').click();
    await page.locator("main header summary").filter({ hasText: "Following with pages below" }).waitFor();
    await page.reload();
    await page.locator("main header summary").filter({ hasText: "Following with pages below" }).waitFor();
    await see("wiki-page");
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("two change one page at once: who is late sees both texts, loses neither, and the history knows all of it", async () => {
    const [cleo, max] = [await visitor(), await visitor()];
    await cleo.signIn("cleo");
    await max.signIn("max");
    await Promise.all([cleo.page.goto(`${path}/edit`), max.page.goto(`${path}/edit`)]);

    const theirs = await textField(max.page);
    await theirs.locator("p").nth(1).click();
    await theirs.press("End");
    await theirs.pressSequentially(" Max measured it.");
    await max.page.fill('input[name="reason"]', "a thermometer");
    await button(max.page, "Save").click();
    await max.page.waitForURL(`**${path}`);

    const mine = await textField(cleo.page);
    await mine.locator("p").nth(1).click();
    await mine.press("End");
    await mine.pressSequentially(" Cleo felt it.");
    await mine.locator("p").nth(2).click();
    await mine.press("End");
    await mine.pressSequentially(" Twice.");
    await cleo.page.locator('main [role="status"]').filter({ hasText: "Saved as a draft" }).waitFor();
    await button(cleo.page, "Save").click();
    await cleo.page.locator("main").getByText("saved this page while you were writing").waitFor();
    expect(await cleo.page.locator('textarea[name^="theirs-"]').inputValue()).toBe("The cellar is warm. Max measured it.");
    expect(await cleo.page.locator('textarea[name^="mine-"]').inputValue()).toBe("The cellar is warm. Cleo felt it.");
    await cleo.see("wiki-merge");

    // The whole can be gone over once more in the editor; it is the draft one had, not a second one.
    await button(cleo.page, "Edit the whole text").click();
    const whole = await textField(cleo.page);
    await eventually(() => whole.locator("p").allInnerTexts()).toEqual(["Read Reading the app: made, used, sold, bought first, then House of pipes.", "The cellar is warm. Max measured it.", "The cellar is warm. Cleo felt it.", "Lock the door. Twice."]);
    await whole.press("Control+End");
    await whole.pressSequentially(" Always.");
    await cleo.page.locator('main [role="status"]').filter({ hasText: /^Saved as a draft$/ }).waitFor();
    await button(cleo.page, "Save").click();
    await cleo.page.waitForURL(`**${path}`);
    await eventually(() => cleo.page.locator("main article.prose").innerText()).toContain("Lock the door. Twice. Always.");
    await cleo.page.goto(`${path}/edit`);
    expect(await cleo.page.locator("main").innerText()).not.toContain("You go on with");
    await cleo.page.goto("/drafts");
    expect(await cleo.page.locator("main").innerText()).not.toContain("Cellar rules");

    await max.page.goto(`${path}/history`);
    await max.see("wiki-history");
    await button(max.page, "Compare the marked two").click();
    await max.page.locator("main .diff ins").filter({ hasText: "Cleo felt it." }).waitFor();
    await max.see("wiki-diff-inline");
    await max.page.getByRole("link", { name: "Side by side" }).click();
    await max.page.locator(".diff-sides").waitFor();
    await max.see("wiki-diff-side");

    // What readers do not see may be hidden from them; anything else can be brought back.
    const revisions = max.page.locator("main ol > li");
    await revisions.filter({ hasText: "Revision 2" }).getByRole("button", { name: "Hide" }).click();
    await revisions.filter({ hasText: "Revision 2" }).getByText("Hidden").waitFor();
    await cleo.page.goto(`${path}/history?to=2`);
    expect(await cleo.page.locator("main").innerText()).toContain("Moderators have hidden what this revision said.");
    expect(await cleo.page.locator("main").innerText()).not.toContain("thermometer");
    await cleo.see("wiki-revision-hidden");
    await press(cleo.page, cleo.page.locator("main ol > li").filter({ hasText: "Revision 1" }).getByRole("button", { name: "Bring back" }));
    await cleo.page.locator("main ol > li").filter({ hasText: "Revision 1 restored" }).waitFor();
    await cleo.page.goto(path);
    expect(await cleo.page.locator("main article.prose").innerText()).toMatch(/Lock the door\.$/);
    expect([...cleo.troubles, ...max.troubles].filter((each) => !each.includes("409"))).toEqual([]);
    await cleo.context.close();
    await max.context.close();
  });

  test("pages are put in order by dragging, by buttons and by keys, and stay so", async () => {
    const wiki = await make.wiki({ slug: "sorting", name: "Sorting" });
    for (const [position, title] of ["Apples", "Bread", "Cake", "Dates"].entries()) await make.page({ wikiId: wiki.id, title, slug: title.toLowerCase(), position });
    const { page, signIn, see, troubles, context } = await visitor();
    await signIn("max");
    await page.goto("/w/sorting/arrange");
    const row = (title: string) => page.locator(".arrange-row").filter({ hasText: title });
    const drag = async (title: string, onto: string, at: { x: number; share: number }) => {
      const { height } = (await row(onto).boundingBox())!;
      await row(title).locator(".arrange-grip").dragTo(row(onto), { targetPosition: { x: at.x, y: height * at.share } });
    };
    await drag("Cake", "Apples", { x: 60, share: 0.5 });
    await eventually(() => tree(page)).toEqual(["Apples", "-Cake", "Bread", "Dates"]);
    await drag("Dates", "Cake", { x: 120, share: 0.9 });
    await eventually(() => tree(page)).toEqual(["Apples", "-Cake", "-Dates", "Bread"]);
    // Further out: not below the last of a branch, but behind the branch.
    await drag("Cake", "Dates", { x: 10, share: 0.9 });
    await eventually(() => tree(page)).toEqual(["Apples", "-Dates", "Cake", "Bread"]);
    await drag("Bread", "Apples", { x: 60, share: 0.1 });
    await eventually(() => tree(page)).toEqual(["Bread", "Apples", "-Dates", "Cake"]);
    await see("wiki-arrange");

    // The keys act on the row that has the focus, as often as they are pressed.
    await row("Bread").getByRole("button", { name: "Move “Bread” down" }).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await eventually(() => tree(page)).toEqual(["Apples", "-Dates", "Bread", "Cake"]);
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move “Bread” down");
    await page.keyboard.press("Alt+ArrowDown");
    await eventually(() => tree(page)).toEqual(["Apples", "-Dates", "Cake", "Bread"]);
    await row("Bread").getByRole("button", { name: "below the page before" }).click();
    await eventually(() => tree(page)).toEqual(["Apples", "-Dates", "Cake", "-Bread"]);
    await page.locator('main [role="status"]').filter({ hasText: "“Bread” stands below “Cake” now." }).waitFor();
    await page.reload();
    expect(await tree(page)).toEqual(["Apples", "-Dates", "Cake", "-Bread"]);
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("where edits are reviewed, a draft goes to and fro until readers see it; templates are begun from; what nobody vouched for says so", async () => {
    const ada = await visitor();
    await ada.signIn("ada");
    await ada.page.goto("/admin/wikis");
    await ada.see("wiki-admin");
    await ada.page.fill('input[name="name"]', "House rules");
    await ada.page.fill('input[name="slug"]', "house-rules");
    await ada.page.locator('input[name="needsReview"]').check();
    await button(ada.page, "Create wiki").click();
    await ada.page.waitForURL("**/w/house-rules");
    await ada.see("wiki-empty");
    await ada.page.locator("main").getByRole("link", { name: "New page" }).first().click();
    await ada.page.fill('input[name="title"]', "A room");
    const outline = await textField(ada.page);
    await outline.pressSequentially("Who keeps the key?");
    await ada.page.locator('input[name="isTemplate"]').check();
    await button(ada.page, "Publish page").click();
    await ada.page.waitForURL(/\/a-room-\d+$/);

    const cleo = await visitor();
    await cleo.signIn("cleo");
    await cleo.page.goto("/w/house-rules/new");
    await cleo.page.locator("main").getByRole("link", { name: "A room" }).click();
    await cleo.page.waitForURL(/from=/);
    await cleo.page.fill('input[name="title"]', "Laundry");
    const field = await textField(cleo.page);
    await field.getByText("Who keeps the key?").waitFor();
    await field.press("Control+End");
    await field.pressSequentially(" Cleo does.");
    await button(cleo.page, "Save and ask for a review").click();
    await cleo.page.waitForURL(/\/laundry-\d+$/);
    const laundry = new URL(cleo.page.url()).pathname;
    await cleo.page.locator("main").getByText("A draft waits for a review").waitFor();
    const guest = await visitor();
    expect((await guest.page.goto(laundry))!.status()).toBe(404);

    await ada.page.goto("/w/house-rules/review");
    await ada.see("wiki-review-queue");
    await ada.page.locator("main").getByRole("link", { name: "Laundry" }).click();
    await ada.page.locator("main .diff").waitFor();
    await ada.page.fill('textarea[name="note"]', "Which key?");
    await ada.see("wiki-review");
    await button(ada.page, "Send back").click();
    await ada.page.waitForURL("**/w/house-rules/review");
    await cleo.page.goto(`${laundry}/edit`);
    await cleo.page.locator("main").getByText("Which key?").waitFor();
    await (await textField(cleo.page)).press("Control+End");
    await cleo.page.keyboard.type(" The small one.");
    await button(cleo.page, "Save and ask for a review").click();
    await cleo.page.waitForURL(`**${laundry}`);
    await ada.page.goto(`${laundry}/review`);
    await button(ada.page, "Publish").click();
    await ada.page.waitForURL(`**${laundry}`);
    expect((await guest.page.goto(laundry))!.status()).toBe(200);
    expect(await guest.page.locator("main article.prose").innerText()).toBe("Who keeps the key? Cleo does. The small one.");

    await ada.page.goto(`${laundry}/manage`);
    await ada.see("wiki-manage");
    await ada.page.fill('input[name="owner"]', "ada");
    await button(ada.page, "Set owner").click();
    await ada.page.locator("main").getByText("Saved.").waitFor();
    const vouched = eq(pages.id, Number(laundry.split("-").at(-1)));
    await button(ada.page, "Still true").click();
    await eventually(async () => (await db.select({ until: pages.verifiedUntil }).from(pages).where(vouched))[0]!.until).not.toBeNull();
    await db.update(pages).set({ verifiedUntil: "2026-01-31" }).where(vouched);
    await cleo.page.goto(laundry);
    await cleo.page.locator("main").getByText("This page may be out of date").waitFor();
    await cleo.see("wiki-overdue");
    await ada.page.goto("/pages-to-verify");
    await ada.see("wiki-to-verify");
    await button(ada.page, "Still true").click();
    await ada.page.waitForURL(`**${laundry}`);
    await ada.page.locator("main footer").getByText("Verified until").waitFor();
    expect([...ada.troubles, ...cleo.troubles, ...guest.troubles].filter((each) => !each.includes("404"))).toEqual([]);
    await Promise.all([ada, cleo, guest].map(({ context }) => context.close()));
  });

  test("on a phone nothing is out of reach", async () => {
    const { page, signIn, see, troubles, context } = await visitor({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await signIn("max");
    for (const [name, address] of [
      ["home", "/w/handbook"], ["page", path], ["edit", `${path}/edit`], ["diff-side", `${path}/history?from=1&to=3&as=side`], ["manage", `${path}/manage`], ["print", `${path}/print`],
    ] as const) {
      await page.goto(address);
      await see(`wiki-phone-${name}`);
    }
    await page.goto("/w/sorting/arrange");
    await page.locator(".arrange-row").filter({ hasText: "Bread" }).getByRole("button", { name: "Move “Bread” out" }).tap();
    await eventually(() => tree(page)).toEqual(["Apples", "-Dates", "Cake", "Bread"]);
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("without scripts a page is written, changed, put together with another's change, compared, brought back and moved", async () => {
    const plain = { javaScriptEnabled: false };
    const [cleo, max] = [await visitor(plain), await visitor(plain)];
    await cleo.signIn("cleo");
    await max.signIn("max");
    const { page } = cleo;
    await page.goto("/w/sorting/new");
    await page.fill('input[name="title"]', "Bread");
    await page.fill('textarea[name="body"]', "First.\n\nSecond [[Cake]].");
    await press(page, button(page, "Publish page"));
    // The title is taken: all that was typed is still there.
    expect(await page.locator("main form [aria-invalid=true]").first().getAttribute("name")).toBe("title");
    expect(await page.inputValue('textarea[name="body"]')).toBe("First.\n\nSecond [[Cake]].");
    await page.fill('input[name="title"]', "Eggs");
    await press(page, button(page, "Publish page"));
    const eggs = new URL(page.url()).pathname;
    expect(await page.locator("main article.prose a").innerText()).toBe("Cake");

    await page.goto(`${eggs}/edit`);
    await max.page.goto(`${eggs}/edit`);
    await max.page.fill('textarea[name="body"]', "First, says Max.\n\nSecond [[Cake]].");
    await press(max.page, button(max.page, "Save"));
    await page.fill('textarea[name="body"]', "First, says Cleo.\n\nSecond [[Cake]], and more.");
    await press(page, button(page, "Save"));
    expect(await page.locator("main").innerText()).toContain("Max");
    await cleo.see("wiki-plain-merge");
    await page.locator('input[type="radio"][value="mine"]').check();
    await press(page, button(page, "Save both together"));
    expect(await page.locator("main article.prose p").allInnerTexts()).toEqual(["First, says Cleo.", "Second Cake, and more."]);

    await page.goto(`${eggs}/history`);
    await press(page, button(page, "Compare the marked two"));
    expect(await page.locator("main .diff").innerText()).toContain("and more");
    await press(page, page.locator("main ol > li").filter({ hasText: "Revision 1" }).getByRole("button", { name: "Bring back" }));
    await page.goto(eggs);
    expect(await page.locator("main article.prose p").allInnerTexts()).toEqual(["First.", "Second Cake."]);
    await max.page.goto("/w/sorting/arrange");
    await press(max.page, max.page.getByRole("button", { name: "Move “Eggs” up" }));
    expect(await tree(max.page)).toEqual(["Apples", "-Dates", "Cake", "Eggs", "Bread"]);
    await max.see("wiki-plain-arrange");
    await cleo.context.close();
    await max.context.close();
  });
});
