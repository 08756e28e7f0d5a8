import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { saveDraft } from "#app/core/drafts.ts";
import { readMember } from "#app/core/session.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { make, text } from "#tests/support/make.ts";
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

  test("who quotes a private place is asked in the form they write in; from what a reply answers there is a way back, and Back goes it too", { timeout: 120_000 }, async () => {
    const { page, signIn, see } = await visitor();
    await signIn("max");
    const [row] = await db.select({ id: members.id }).from(members).where(eq(members.username, "max"));
    const max = (await readMember(row!.id))!;
    const author = await make.member({ username: "quill" });
    const secret = await make.topic({ authorId: author.id, categoryId: (await make.category({ staff: "create" }, { name: "Velvet room" })).id });
    const source = await make.post({ topicId: secret.id, body: text("Doubled in May.") });
    const topic = await make.topic({ authorId: author.id });
    for (let number = 1; number <= 30; number++) await make.post({ topicId: topic.id, body: text("Words. ".repeat(60)), ...(number === 30 && { replyToNumber: 2 }) });
    const quote = { type: "postQuote", attrs: { postId: source.id, topicId: secret.id, number: 1, username: "quill" }, content: text("Doubled in May.").content };
    await saveDraft(max, `reply:${topic.id}`, { version: 0, title: "", body: JSON.stringify({ type: "doc", content: [quote, ...text("So I heard.").content!] }), fields: {} });
    const path = `/t/${topic.slug}/${topic.id}`;

    await page.goto(`${path}/30`);
    const send = page.locator("#reply form button").filter({ hasText: /^Reply$/ });
    await send.click();
    const asked = page.locator('#reply input[name="knowsReaders"]');
    await asked.waitFor();
    expect(await page.locator("#reply").innerText()).toContain("This quotes a private place: Velvet room.");
    await see("answering-private");
    await asked.check();
    await send.click();
    await page.locator(`#post-31 .post-quote[data-post="${source.id}"]`).waitFor();
    // Nothing of what was refused stands there any more.
    await asked.waitFor({ state: "detached" });
    expect(await page.locator("#reply").innerText()).not.toContain("private place");
    expect(await page.locator('#reply [name="body"]').inputValue()).toBe("");

    const isInSight = (selector: string) => page.evaluate((selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.top < window.innerHeight;
    }, selector);
    await page.goto(`${path}/30`);
    await page.locator("#post-30 .post-parent").click();
    await page.locator("#post-2 .post-back").waitFor();
    await expect.poll(() => isInSight("#post-2 .post-back"), { timeout: 10_000 }).toBe(true);
    await see("answering-back");
    await page.locator("#post-2 .post-back").click();
    await expect.poll(() => isInSight("#post-30"), { timeout: 10_000 }).toBe(true);
    await page.goBack();
    await expect.poll(() => isInSight("#post-2 .post-back"), { timeout: 10_000 }).toBe(true);
  });

  test("no letter is lost while the editor takes the place of the plain field, on a slow device too", { timeout: 120_000 }, async () => {
    const { page: first } = await visitor();
    await first.close();
    const words = "The settings of the second pump are gone again since Tuesday.";
    for (const rate of [1, 2]) {
      const topic = await make.topic({ authorId: (await make.member()).id });
      await make.post({ topicId: topic.id });
      const { page, context, signIn, troubles } = await visitor();
      await signIn("cleo");
      await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
      await page.goto(`/t/${topic.slug}/${topic.id}`);
      // Alive: React leaves its mark on what it has taken over.
      await page.waitForFunction(() => Object.keys(document.querySelector("#reply textarea") ?? {}).some((key) => key.startsWith("__reactProps")));
      await page.locator("#reply textarea").click();
      // Key by key, while the editor is fetched, made and shown.
      for (const letter of words) await page.keyboard.type(letter);
      await expect.poll(() => page.locator("#reply [contenteditable=true]").innerText(), { timeout: 30_000 }).toBe(words);
      expect(troubles).toEqual([]);
      await context.close();
    }
  });

  test("who writes Markdown sees in a preview how a reply will look, and sends it from there", { timeout: 120_000 }, async () => {
    const { page, signIn, troubles } = await visitor();
    await signIn("cleo");
    const topic = await make.topic({ authorId: (await make.member()).id });
    await make.post({ topicId: topic.id });
    await page.addInitScript(() => localStorage.setItem("wellspring.writing", "markdown"));
    await page.goto(`/t/${topic.slug}/${topic.id}`);
    await page.locator("#reply textarea").fill("It is **very** quiet.");
    await page.locator("#reply button[formaction]").click();
    await expect.poll(() => page.locator("main strong").allInnerTexts()).toContain("very");
    await page.locator("main form button").filter({ hasText: /^Send$/ }).click();
    await expect.poll(() => page.locator("#post-2 strong").allInnerTexts()).toContain("very");
    expect(troubles).toEqual([]);
  });

  test("a name chosen before the list for the last letters is there is the one that was typed", { timeout: 120_000 }, async () => {
    const { page, signIn } = await visitor();
    await signIn("max");
    // No letter is ever answered: what stands in the list is the one for the sign alone, in which others come first.
    await page.route(/autocomplete\/members\?q=./, () => {});
    await page.goto("/new-topic");
    const field = await writing(page);
    await field.pressSequentially("Ask @");
    const choices = page.locator('[role="listbox"] [role="option"]');
    await choices.first().waitFor();
    const username = /@(\S+)$/.exec((await choices.last().innerText()).trim())![1]!;
    await field.pressSequentially(username);
    await field.press("Enter");
    await field.locator("a.mention").waitFor();
    expect((await field.innerText()).trim()).toBe(`Ask @${username}`);
  });

  test("brackets typed in a list make tasks, open and done, without touching the items before", { timeout: 120_000 }, async () => {
    const { page, signIn, see } = await visitor();
    await signIn("max");
    await page.goto("/new-topic");
    const field = await writing(page);
    await field.pressSequentially("- [ ] Oil the chain");
    await field.press("Enter");
    await field.pressSequentially("Tighten the bolts");
    await see("answering-tasks");
    await page.getByRole("button", { name: "Markdown", exact: true }).click();
    const text = page.locator('main textarea[name="body"]');
    expect((await text.inputValue()).trim()).toBe("- [ ] Oil the chain\n- [ ] Tighten the bolts");

    await text.fill("");
    await page.getByRole("button", { name: "Formatted" }).click();
    const again = await writing(page);
    await again.pressSequentially("- Bread");
    await again.press("Enter");
    await again.pressSequentially("[x] Butter");
    await page.getByRole("button", { name: "Markdown", exact: true }).click();
    expect((await text.inputValue()).trim()).toMatch(/^- Bread\n\n[-*] \[x\] Butter$/);
  });

  test("a picture held over the editor is shown where it goes, and beside the text it does not open in place of the page", { timeout: 120_000 }, async () => {
    const { page, signIn, see } = await visitor();
    await signIn("max");
    await page.goto("/new-topic");
    const field = await writing(page);
    await field.pressSequentially("As seen here: ");
    const picture = await page.evaluateHandle(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 40 });
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
      const data = new DataTransfer();
      data.items.add(new File([blob!], "bolt.png", { type: "image/png" }));
      return data;
    });
    const bar = page.locator(".editor-bar").first();
    await bar.dispatchEvent("dragover", { dataTransfer: picture });
    await page.getByText("Drop the picture here").waitFor();
    await see("answering-drop");
    // Prevented, or the browser would show the file itself.
    expect(await bar.evaluate((element, dataTransfer) => element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true })), picture)).toBe(false);
    await field.locator('img[src^="/files/"]').waitFor();
    expect(await page.getByText("Drop the picture here").count()).toBe(0);
    expect(await field.innerText()).toContain("As seen here:");
  });

  test("keys act on the post one is at; who types without a pause has it kept; what Word copied stays a list, and a file that is no picture is named", { timeout: 120_000 }, async () => {
    const { page, signIn } = await visitor();
    await signIn("cleo");
    await page.goto("/latest");
    await page.locator('main a[href^="/t/"]').first().click();
    await page.waitForURL("**/t/**");
    // Keys are heard once the scripts run: the help is asked for until it opens.
    const help = page.locator("dialog[open]");
    await expect.poll(async () => (await page.keyboard.press("?"), help.count()), { timeout: 30_000 }).toBe(1);
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    const post = page.locator("[data-stream] article:has([data-reply]):has(.palette)").nth(1);
    const number = await post.getAttribute("data-number");
    const liked = page.locator(`#post-${number} .chip[data-kind="like"][aria-pressed="true"]`);
    const wasLiked = await liked.count();
    await page.locator(`#post-${number}`).focus();
    await page.keyboard.press("l");
    await expect.poll(() => liked.count()).toBe(1 - wasLiked);
    await page.locator(`#post-${number}`).focus();
    await page.keyboard.press("r");
    const field = page.locator(".dock [contenteditable=true]");
    await field.waitFor();
    expect(await page.locator("#reply").innerText()).toContain(`#${number}`);

    const [cleo] = await db.select().from(members).where(eq(members.username, "cleo"));
    const kept = async () => (await db.query.drafts.findMany({ where: (drafts, is) => is.eq(drafts.memberId, cleo!.id) })).some(({ body }) => JSON.stringify(body).includes("on and on"));
    await expect.poll(async () => (await field.pressSequentially("on and on "), kept()), { interval: 100, timeout: 30_000 }).toBe(true);

    const paste = (fill: string) => field.evaluate((element, html) => {
      const clipboard = new DataTransfer();
      if (html) clipboard.setData("text/html", html);
      else clipboard.items.add(new File(["%PDF-1.4"], "manual.pdf", { type: "application/pdf" }));
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
    }, fill);
    await field.press("Control+a");
    const item = (level: number, sign: string, words: string) => `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${sign}<span>&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;
    await paste(`<h1>Head</h1>${item(1, "1.", "one")}${item(2, "o", "inner")}${item(1, "2.", "two")}<p class=MsoNormal>after</p>`);
    expect(await field.locator("h2").innerText()).toBe("Head");
    expect(await field.locator("> ol > li").count()).toBe(2);
    expect(await field.locator("> ol > li > ul > li").allInnerTexts()).toEqual(["inner"]);
    expect((await field.locator("> ol").innerText()).replace(/\s+/g, " ")).toBe("one inner two");
    await paste("");
    await page.locator('#reply [role="alert"]').filter({ hasText: "manual.pdf" }).waitFor();

    await page.locator('#reply [role="alert"] + button').click();
    // However long it is, what sends it stays in sight.
    await paste("<p>long</p>".repeat(60));
    await expect.poll(() => page.locator("#reply form button").filter({ hasText: /^Reply$/ }).evaluate((button) => button.getBoundingClientRect().bottom - innerHeight)).toBeLessThanOrEqual(0);
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

/** The editor of a new topic, once it has taken the place of the plain field. */
async function writing(page: Page) {
  await page.locator('main textarea[name="body"]').focus();
  const field = page.locator("main [contenteditable=true]");
  await field.waitFor();
  return field;
}
