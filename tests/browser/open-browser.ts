import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import { startServer } from "#tests/support/server-process.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));

/** Whether browser tests can run here. Without a browser they are skipped aloud; in CI they fail instead. */
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser) {
  const sentence = "The browser tests need Chromium: install it (Debian and Ubuntu: apt-get install chromium) or name it in CHROMIUM.";
  if (process.env.CI) throw new Error(sentence);
  console.warn(`\n  SKIPPED: ${sentence}\n`);
}

/** The community with its demo, in a process of its own on this file's database, and one browser. Opened when first asked for. */
let opened: Promise<{ url: string; browser: Browser; close: () => Promise<void> }> | undefined;

function open() {
  return (opened ??= (async () => {
    const server = await startServer({ DEMO: "1" });
    const browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    return { url: server.url, browser, close: async () => (await browser.close(), void (await server.end())) };
  })());
}
afterAll(async () => (await opened)?.close());

type Visitor = { page: Page; context: BrowserContext; url: string; troubles: string[]; signIn: (username: string) => Promise<void>; see: (name: string) => Promise<void> };

/** Someone at a browser of their own. What goes wrong in it is gathered in `troubles`. */
export async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const { url, browser } = await open();
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  return {
    page, context, url, troubles,
    async signIn(username) {
      await page.goto("/sign-in");
      await page.fill('input[name="login"]', username);
      await page.fill('input[name="password"]', "wellspring-demo");
      await Promise.all([page.waitForURL((to) => !to.pathname.startsWith("/sign-in")), page.click('main button[type="submit"]')]);
    },
    /** Keeps a picture where SCREENSHOTS names a folder, and holds that nothing scrolls sideways. */
    async see(name) {
      const { wide, shown } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, shown: document.documentElement.clientWidth }));
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(shown);
      if (!process.env.SCREENSHOTS) return;
      mkdirSync(process.env.SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`) });
    },
  };
}
