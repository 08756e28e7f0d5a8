import { expect, test, vi } from "vitest";
import { acting, addressOf, patternOf, place, postForm, routes } from "#tests/support/every-route.ts";
import { visit } from "#tests/support/visit.ts";

// Every address there is, with nonsense where a number, a name or a key belongs, and behind the question mark.

const badParams = ["0", "-1", "abc", "9223372036854775808", "%00", "%E0%A4%A", "1%2F2", "..%2F..%2Fetc", "１", "x".repeat(3000), "__proto__"];

vi.setConfig({ testTimeout: 240_000 });

test("no address with a number, a name or a key in it fails for what stands there", async () => {
  const { cookie, params } = await place();
  const errors: string[] = [];
  const patterns = [...new Set(routes.map(({ id }) => patternOf(id)))].filter((pattern) => /[:*]/.test(pattern));
  const taking = new Set(acting.map(({ id }) => patternOf(id)));
  for (const pattern of patterns) {
    for (const [, name] of pattern.matchAll(/:(\w+\??)/g)) {
      await Promise.all(badParams.flatMap((bad) => {
        const address = addressOf(pattern, { ...params, [name!]: bad });
        return [`${address}.data`, ...(bad === "%E0%A4%A" ? [address] : [])].map(async (each) => {
          const { status } = await visit(each, { cookie });
          if (status >= 500) errors.push(`GET ${each.slice(0, 120)}: ${status}`);
        });
      }));
      if (taking.has(pattern)) await Promise.all(badParams.map(async (bad) => {
        const status = await postForm(`${addressOf(pattern, { ...params, [name!]: bad })}.data`, cookie, "on=1");
        if (status >= 500) errors.push(`POST ${pattern} ${name}=${bad.slice(0, 40)}: ${status}`);
      }));
    }
  }
  expect(errors).toEqual([]);
});

test("no query makes a page fail", async () => {
  const { cookie, params } = await place();
  const names = ["q", "page", "after", "before", "cursor", "list", "period", "order", "kind", "unread", "to", "from", "as", "reply", "quote", "draft", "fresh", "next", "category", "division", "done", "saved", "of"];
  const values = ["", "-1", "9223372036854775808", "%00", "%ED%A0%80", "%E0%A4%A", "a".repeat(2000), "1e400", 'user:"', "2026-01-01T00:00:00.000000Z_0", "a'b"];
  const errors: string[] = [];
  const pages = [...new Set(routes.filter(({ module }) => module.loader).map(({ id }) => patternOf(id)))].filter((pattern) => !/files|avatars|covers/.test(pattern));
  for (const pattern of pages) {
    const address = addressOf(pattern, params).replace(/(.)\/$/, "$1");
    const data = address === "/" ? "/_root.data" : `${address}.data`;
    // All at once: reading changes nothing that another could meet.
    await Promise.all(values.map(async (value) => {
      const { status } = await visit(`${data}?${names.map((name) => `${name}=${value}`).join("&")}`, { cookie });
      if (status >= 500) errors.push(`${address} ${value.slice(0, 40)}: ${status}`);
    }));
    const twice = await visit(`${address}?${names.map((name) => `${name}=1&${name}=2&${name}[]=3`).join("&")}`, { cookie });
    if (twice.status >= 500) errors.push(`${address} with lists: ${twice.status}`);
  }
  expect(errors).toEqual([]);
});
