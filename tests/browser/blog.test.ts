import sharp from "sharp";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser, visitor } from "./open-browser.ts";

/** What becomes so, however slow the machine. */
const eventually = <Seen>(look: () => Seen) => expect.poll(look, { timeout: 20_000 });
/** A click that leads to another page. */
const press = (page: Page, what: Locator) => Promise.all([page.waitForEvent("framenavigated"), what.click()]);
const button = (page: Page, name: string | RegExp) => page.locator("main").getByRole("button", { name, exact: true });
const picture = async (name: string, background: string) => ({ name, mimeType: "image/png", buffer: await sharp({ create: { width: 1600, height: 900, channels: 3, background } }).png().toBuffer() });
const textField = async (page: Page) => {
  await page.locator('main textarea[name="body"]').focus();
  const field = page.locator("main [contenteditable=true]").first();
  await field.waitFor();
  return field;
};
/** Whether every picture of the article has come. */
const picturesCame = (page: Page) => eventually(() => page.locator("main article.article img").evaluateAll((images: HTMLImageElement[]) => images.map((image) => image.complete && image.naturalWidth > 0))).toEqual([true, true]);

// One community for the whole file, and one story: each test goes on where the one before it ended.
describe.skipIf(!hasBrowser)("an article", { timeout: 240_000 }, () => {
  let path = "";

  test("is written with pictures, shown to a friend by a private link, scheduled by the clocks of a place, published, talked about, and taken back", async () => {
    const cleo = await visitor();
    const { page } = cleo;
    await cleo.signIn("cleo");
    await page.goto("/b/commons");
    await cleo.see("blog-home-writer");
    await page.locator("main header").getByRole("link", { name: "Write an article" }).click();
    await page.fill('input[name="title"]', "A winter with two blankets");
    await page.locator('fieldset input[type="file"]').setInputFiles(await picture("cover.png", "#447766"));
    await page.fill('input[name="coverAlt"]', "Two blankets on a wall");
    const field = await textField(page);
    await field.pressSequentially("The cellar is **cold**.");
    await field.press("Enter");
    await page.locator('.editor input[type="file"]').setInputFiles(await picture("wall.png", "#aa7744"));
    await page.getByPlaceholder("Describe the picture").fill("The wall behind");
    await page.getByPlaceholder("Describe the picture").press("Enter");
    await page.fill('textarea[name="excerpt"]', "What we learned when it froze.");
    await page.fill('input[name="tags"]', "winter, blankets");
    await page.fill('input[name="series"]', "Cold cellars");
    await page.fill('input[name="part"]', "1");
    await page.locator('main [role="status"]').filter({ hasText: "Saved as a draft" }).waitFor();
    await cleo.see("blog-writing");
    // A step to another page and back loses nothing.
    await page.goto("/b/commons/new");
    await page.locator("main").getByText("You go on with a text you had not saved").waitFor();
    expect(await page.inputValue('input[name="series"]')).toBe("Cold cellars");
    await button(page, "Save as a draft").click();
    await page.waitForURL(/\/b\/commons\/a-winter-with-two-blankets-\d+$/);
    path = new URL(page.url()).pathname;
    await picturesCame(page);
    await cleo.see("blog-draft");

    // Signed out: nothing, but for whoever has the link.
    const guest = await visitor();
    expect((await guest.page.goto(path))!.status()).toBe(404);
    await page.locator("main").getByRole("link", { name: "Publish" }).click();
    await button(page, "Make a link").click();
    const link = new URL(await page.locator("input[readonly]").inputValue()).pathname;
    await cleo.see("blog-publishing");
    expect((await guest.page.goto(link))!.status()).toBe(200);
    await picturesCame(guest.page);
    expect(await guest.page.locator("main").innerText()).toContain("Not public yet");
    await guest.see("blog-preview");

    await page.selectOption('select[name="zone"]', "Asia/Tokyo");
    await page.fill('input[name="at"]', "2020-01-01T09:00");
    await button(page, "Publish later").click();
    await page.locator("main").getByText("A moment in the next five years, please.").first().waitFor();
    expect(await page.locator('select[name="zone"]').inputValue()).toBe("Asia/Tokyo");
    const year = new Date().getFullYear() + 1;
    await page.fill('input[name="at"]', `${year}-03-01T09:00`);
    await button(page, "Publish later").click();
    await page.waitForURL(`**${path}`);
    await eventually(() => page.locator("main").innerText()).toMatch(new RegExp(`Will be published on .*${year}.*9:00.*\\(Asia/Tokyo\\)`));
    await cleo.see("blog-scheduled");
    await page.goto(`${path}/publish`);
    await button(page, "Publish now").click();
    await page.waitForURL(`**${path}`);
    expect((await guest.page.goto(link))!.status()).toBe(404);
    expect((await guest.page.goto(path))!.status()).toBe(200);
    await picturesCame(guest.page);
    await guest.see("blog-article");

    // What someone says under it reaches a reader who is just writing something, and takes none of that away.
    const max = await visitor();
    await max.signIn("max");
    await max.page.goto(path);
    const first = max.page.locator("#reply [contenteditable=true]");
    await max.page.locator('#reply textarea[name="body"]').focus();
    await first.pressSequentially("Mine froze.");
    const own = page.locator("#reply [contenteditable=true]");
    await page.locator('#reply textarea[name="body"]').focus();
    await own.pressSequentially("Ask me anything");
    await max.page.locator("#reply form button").filter({ hasText: /^Comment$/ }).click();
    await page.locator("#comments article").filter({ hasText: "Mine froze." }).waitFor();
    await page.locator("#reply").getByText("Ask me anything").waitFor();
    await cleo.see("blog-comment-arrived");

    for (const [name, address, words] of [["tag", "/b/commons/tag/blankets", "#blankets"], ["series", "/b/commons/series/cold-cellars", "Cold cellars"], ["author", "/b/commons/by/cleo", "Cleo"], ["all", "/blogs", "Blogs"], ["home", "/b/commons", "From the cellar"]] as const) {
      await guest.page.goto(address);
      expect(await guest.page.locator("main h1").innerText()).toContain(words);
      expect(await guest.page.locator("main").innerText(), address).toContain("A winter with two blankets");
      await guest.see(`blog-shelf-${name}`);
    }
    await page.goto(`${path}/publish`);
    await button(page, "Take it back").click();
    await page.locator("main").getByText("Taken back").waitFor();
    for (const address of [path, "/b/commons/tag/blankets", "/b/commons/series/cold-cellars"]) expect((await guest.page.goto(address))!.status(), address).toBe(404);
    await guest.page.goto("/b/commons");
    expect(await guest.page.locator("main").innerText()).not.toContain("A winter with two blankets");
    await page.goto(`${path}/publish`);
    await button(page, "Publish again").click();
    await page.waitForURL(`**${path}`);
    expect((await guest.page.goto(path))!.status()).toBe(200);
    expect(await guest.page.locator("#comments").innerText()).toContain("Mine froze.");
    await page.goto("/my-articles");
    await cleo.see("blog-my-articles");
    expect([...cleo.troubles, ...max.troubles, ...guest.troubles].filter((each) => !/40[49]|422/.test(each))).toEqual([]);
    await Promise.all([cleo, max, guest].map(({ context }) => context.close()));
  });

  test("which two change at once is saved by the first; the second sees that text, and saves both together", async () => {
    const [cleo, ada] = [await visitor(), await visitor()];
    await cleo.signIn("cleo");
    await ada.signIn("ada");
    await Promise.all([cleo.page.goto(`${path}/edit`), ada.page.goto(`${path}/edit`)]);
    await (await textField(ada.page)).press("Control+End");
    await ada.page.keyboard.type(" Ada knows why.");
    await button(ada.page, "Save").click();
    await ada.page.waitForURL(`**${path}`);

    const mine = await textField(cleo.page);
    await mine.press("Control+End");
    await cleo.page.keyboard.type(" Listen.");
    await button(cleo.page, "Save").click();
    await cleo.page.locator("main").getByText("Two people wrote at the same time").waitFor();
    const theirs = cleo.page.locator("main section").filter({ hasText: "What the article says now" });
    await theirs.getByText("Ada knows why.").waitFor();
    expect(await mine.innerText()).toContain("Listen.");
    await cleo.see("blog-conflict");
    await mine.press("Control+End");
    await cleo.page.keyboard.type(" Ada knows why.");
    await button(cleo.page, "Save").click();
    await cleo.page.waitForURL(`**${path}`);
    await eventually(() => cleo.page.locator(".article-body").innerText()).toMatch(/^The cellar[^]*Listen\. Ada knows why\.$/);
    await cleo.page.goto(`${path}/history`);
    await cleo.see("blog-history");
    await cleo.page.locator("main del, main ins").first().waitFor();
    await button(cleo.page, "Go back to 2").click();
    await cleo.page.getByText("From 3 to 4").first().waitFor();
    await cleo.page.goto(path);
    expect(await cleo.page.locator(".article-body").innerText()).not.toContain("Listen.");
    expect([...cleo.troubles, ...ada.troubles].filter((each) => !each.includes("409"))).toEqual([]);
    await Promise.all([cleo, ada].map(({ context }) => context.close()));
  });

  test("on a phone it reads well, and is written", async () => {
    const { page, signIn, see, troubles, context } = await visitor({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await signIn("cleo");
    for (const [name, address] of [["all", "/blogs"], ["article", path], ["edit", `${path}/edit`], ["history", `${path}/history`], ["publish", `${path}/publish`]] as const) {
      await page.goto(address);
      await see(`blog-phone-${name}`);
    }
    await page.goto("/b/commons/new");
    await page.fill('input[name="title"]', "From the train");
    const field = await textField(page);
    await field.pressSequentially("Shaky.");
    await page.setViewportSize({ width: 390, height: 460 });
    await page.locator(".bottom-bar").waitFor({ state: "hidden" });
    await see("blog-phone-writing");
    await button(page, "Save as a draft").tap();
    await page.waitForURL(/\/from-the-train-\d+$/);
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("without scripts it is written, given a picture, published and talked about by plain forms", async () => {
    const cleo = await visitor({ javaScriptEnabled: false });
    const { page } = cleo;
    await cleo.signIn("cleo");
    await page.goto("/b/commons/new");
    await page.fill('textarea[name="body"]', "Plain *words*.");
    await page.fill('input[name="tags"]', "plain");
    await page.fill('input[name="title"]', " ");
    await press(page, button(page, "Save as a draft"));
    // The title is missing: all that was typed is still there.
    expect(await page.locator("main form [aria-invalid=true]").first().getAttribute("name")).toBe("title");
    expect(await page.inputValue('textarea[name="body"]')).toBe("Plain *words*.");
    await page.fill('input[name="title"]', "Plain words");
    await press(page, button(page, "Save as a draft"));
    const plain = new URL(page.url()).pathname;
    await page.goto(`${plain}/edit`);
    await page.locator('form[action$="/cover"] input[name="alt"]').fill("A plain wall");
    await page.locator('form[action$="/cover"] input[name="file"]').setInputFiles(await picture("plain.png", "#556677"));
    await cleo.see("blog-plain-edit");
    await press(page, button(page, "Use this picture"));
    await page.goto(`${plain}/publish`);
    await press(page, button(page, "Publish now"));
    expect(new URL(page.url()).pathname).toBe(plain);
    expect(await page.locator(".article-cover img").getAttribute("alt")).toBe("A plain wall");
    expect(await page.locator(".article-body em").innerText()).toBe("words");
    await page.fill('#reply textarea[name="body"]', "And a comment.");
    await press(page, page.locator("#reply form button").filter({ hasText: /^Comment$/ }));
    expect(await page.locator("#comments").innerText()).toContain("And a comment.");
    await cleo.see("blog-plain-article");
    await cleo.context.close();
  });
});
