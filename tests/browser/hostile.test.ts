import { describe, expect, test } from "vitest";
import { richTextField } from "#app/core/rich-text.ts";
import { renderBlocks } from "#app/core/rich-text/render.ts";
import { sanitised } from "#app/core/rich-text/sanitise.ts";
import { hostileStrings } from "#tests/support/hostile.ts";
import { hasBrowser, launch } from "./open-browser.ts";

const hostile = hostileStrings();

describe.skipIf(!hasBrowser)("what either layer lets through", () => {
  test("runs nothing in a real browser, in whatever element it stands", { timeout: 120_000 }, async () => {
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.route("**/*", (route) => (route.request().isNavigationRequest() ? route.fulfill({ contentType: "text/html", body: "<!doctype html><title>x</title><body>" }) : route.abort()));
      await page.goto("https://home.test/");
      /** How often something ran, and the links that would run or leave by a trick. */
      const show = (pieces: string[]) => page.evaluate(async (all) => {
        let hits = 0;
        const links: string[] = [];
        Object.assign(window, { hit: () => void (hits += 1) });
        for (const html of all) {
          for (const name of ["div", "li", "td"]) {
            const element = document.createElement(name);
            element.innerHTML = html;
            document.body.append(element);
            // An address that cannot be read leads nowhere: its protocol is ":".
            for (const link of element.querySelectorAll<HTMLAnchorElement>("a[href]")) if (!/^(https?:|mailto:|:)$/.test(link.protocol)) links.push(link.outerHTML);
            for (const part of element.querySelectorAll("*")) for (const event of ["click", "pointerenter", "mouseover", "focus", "toggle", "wheel"]) part.dispatchEvent(new Event(event));
            if (document.body.childElementCount > 50) document.body.replaceChildren();
          }
        }
        // Pictures fail, and tell of it, in tasks of their own.
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => requestAnimationFrame(resolve));
        document.body.replaceChildren();
        return { hits, links };
      }, pieces);

      const rendered = hostile.flatMap((text) => {
        const parsed = richTextField.safeParse(text);
        return parsed.success ? [renderBlocks(parsed.data.content ?? [])] : [];
      });
      // Without those that would take the page itself elsewhere.
      const raw = hostile.filter((text) => /onerror|ONCLICK/.test(text) && !/meta|base|form|frame|object|embed|href/i.test(text)).slice(0, 300);
      expect((await show(raw)).hits, "what nobody made harmless").toBeGreaterThan(100);
      expect(await show(hostile.map(sanitised))).toEqual({ hits: 0, links: [] });
      expect(await show(rendered)).toEqual({ hits: 0, links: [] });
    } finally {
      await browser.close();
    }
  });
});
