import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import postgres from "postgres";
import { afterAll, expect, inject } from "vitest";
import { beginSession } from "#app/core/session.ts";
import { db } from "#db/client.ts";
import { startServer, type ServerProcess } from "#tests/support/server-process.ts";
import { keepRows, takeRows } from "./demo-rows.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));

/** Whether browser tests can run here. Without a browser they are skipped aloud; in CI they fail instead. */
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser) {
  const sentence = "The browser tests need Chromium: install it (Debian and Ubuntu: apt-get install chromium) or name it in CHROMIUM.";
  if (process.env.CI) throw new Error(sentence);
  console.warn(`\n  SKIPPED: ${sentence}\n`);
}

/** A browser without a community. Whoever opens it closes it. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

type Opened = { url: string; browser: Browser; mailFolder: string; close: () => Promise<void> };

/** The community with its demo, in a process of its own on this file's database, and one browser. Opened when first asked for. */
let opened: Promise<Opened> | undefined;

function open(): Promise<Opened> {
  return (opened ??= (async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "wellspring-browser-"));
    // From here on the community stands: the tests of this file happen in it one after the other.
    (globalThis as { keepsCommunity?: boolean }).keepsCommunity = true;
    const [server, browser] = await Promise.all([startDemo(dataDir), launch()]);
    return {
      url: server.url, browser, mailFolder: path.join(dataDir, "mail"),
      async close() {
        await browser.close();
        if (server.child.exitCode !== null) console.error(`The community had ended:\n${server.output()}`);
        await server.end();
        // What went wrong in the community, beside what its visitors saw of it.
        for (const line of server.output().split("\n")) if (/"level":(50|60)/.test(line)) console.error(line);
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  })());
}
afterAll(async () => (await opened)?.close());

/** The first file of a run makes the demo, as a first start does; the others go on from the same rows and files. */
async function startDemo(dataDir: string): Promise<ServerProcess> {
  const start = () => startServer({ DEMO: "1", DATA_DIR: dataDir });
  const demo = inject("demoFolder");
  const files = path.join(demo, "files");
  const turn = postgres(inject("serverUrl"), { max: 1, onnotice: () => {} });
  await turn`select pg_advisory_lock(hashtext('wellspring.test.demo'))`;
  try {
    if (await takeRows(demo)) cpSync(files, dataDir, { recursive: true });
    else {
      const server = await start();
      await keepRows(demo);
      cpSync(dataDir, files, { recursive: true });
      return server;
    }
  } finally {
    await turn.end();
  }
  return start();
}

type Visitor = { page: Page; context: BrowserContext; url: string; troubles: string[]; signIn: (username: string) => Promise<void>; signInByForm: (username: string) => Promise<void>; see: (name: string) => Promise<void> };

/** Someone at a browser of their own. What goes wrong in it is gathered in `troubles`. */
export async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const { url, browser } = await open();
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, serviceWorkers: "block", ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  // A page that could not be fetched stands at an address of the browser's own, which tells nothing.
  page.on("requestfailed", (request) => request.isNavigationRequest() && console.error(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`));
  return {
    page, context, url, troubles,
    async signIn(username) {
      const member = await db.query.members.findFirst({ where: (members, { eq }) => eq(members.username, username) });
      const [name, value] = (await beginSession(member!.id, { ip: "127.0.0.1", userAgent: "test" })).split(";")[0]!.split("=") as [string, string];
      await context.addCookies([{ name, value, url }]);
    },
    /** For the journeys that begin so: the page itself takes a while. */
    async signInByForm(username) {
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

/** The one-time link in the mail to an address, once it has come. */
export async function mailedLink(address: string): Promise<string> {
  const { mailFolder } = await open();
  const find = () => {
    const mails = existsSync(mailFolder) ? readdirSync(mailFolder).map((file) => readFileSync(path.join(mailFolder, file), "utf8")) : [];
    return mails.filter((mail) => mail.includes(address)).map((mail) => /https?:\/\/\S+\/[A-Za-z0-9_-]{32,}/.exec(mail)?.[0]).find(Boolean);
  };
  await expect.poll(find, { timeout: 20_000, message: `a mail to ${address}` }).toBeTruthy();
  return new URL(find()!).pathname;
}
