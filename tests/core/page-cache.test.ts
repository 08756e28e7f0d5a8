import { expect, test } from "vitest";
import { createPageCache } from "#app/core/page-cache.ts";

function openCache(options = {}) {
  const clock = { ms: 0 };
  const cache = createPageCache<string>({ maxBytes: 16_000, maxAgeSeconds: 60, now: () => clock.ms, ...options });
  cache.open();
  return { cache, clock };
}
const page = (text: string, bytes: number | null = 100) => async () => ({ page: text, bytes });

test("a page is made once for all who ask at the same time, and then kept", async () => {
  const { cache } = openCache();
  let made = 0;
  const render = async () => ({ page: `page ${++made}`, bytes: 10 });
  const answers = await Promise.all([1, 2, 3].map(() => cache.make("/", ["lists"], render)));
  expect(answers).toEqual(["page 1", "page 1", "page 1"]);
  expect(cache.get("/")).toBe("page 1");
});

test("dropping a tag drops the pages that bear it and no others", async () => {
  const { cache } = openCache();
  await cache.make("/t/a/1", ["topic:1"], page("one"));
  await cache.make("/t/b/2", ["topic:2"], page("two"));
  cache.drop(["topic:1"]);
  expect([cache.get("/t/a/1"), cache.get("/t/b/2")]).toEqual([undefined, "two"]);
  cache.drop(["all"]);
  expect(cache.size()).toEqual({ pages: 0, bytes: 0 });
});

test("a page that changed while it was made is given to those who waited, but not kept, and made anew for those after", async () => {
  const { cache } = openCache();
  const { promise: gate, resolve: open } = gateOf();
  const early = cache.make("/", ["lists"], async () => (await gate, { page: "old", bytes: 10 }));
  cache.drop(["lists"]);
  const late = cache.make("/", ["lists"], page("new"));
  open();
  expect([await early, await late]).toEqual(["old", "new"]);
  expect(cache.get("/")).toBe("new");
});

test("what may not be kept and what fails is not", async () => {
  const { cache } = openCache();
  await cache.make("/", ["lists"], page("not for all", null));
  expect(cache.get("/")).toBeUndefined();
  await expect(cache.make("/", ["lists"], () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await cache.make("/", ["lists"], page("fine"))).toBe("fine");
});

test("it keeps nothing while changes cannot be heard", async () => {
  const { cache } = openCache();
  await cache.make("/", ["lists"], page("before"));
  cache.shut();
  expect(cache.get("/")).toBeUndefined();
  await cache.make("/", ["lists"], page("meanwhile"));
  expect(cache.get("/")).toBeUndefined();
  cache.open();
  await cache.make("/", ["lists"], page("after"));
  expect(cache.get("/")).toBe("after");
});

test("a page begun before changes were heard again is not kept", async () => {
  const { cache } = openCache();
  const { promise: gate, resolve: open } = gateOf();
  cache.shut();
  const begun = cache.make("/", ["lists"], async () => (await gate, { page: "unsure", bytes: 10 }));
  cache.open();
  open();
  await begun;
  expect(cache.get("/")).toBeUndefined();
});

test("the page longest not asked for goes first when there is no room, and one page never takes it all", async () => {
  const { cache } = openCache({ maxBytes: 1600 });
  for (let n = 0; n < 16; n++) await cache.make(`/${n}`, ["lists"], page(String(n)));
  cache.get("/0");
  await cache.make("/16", ["lists"], page("16"));
  expect([cache.get("/0"), cache.get("/1"), cache.get("/16")]).toEqual(["0", undefined, "16"]);
  await cache.make("/huge", ["lists"], page("huge", 101));
  expect(cache.get("/huge")).toBeUndefined();
  expect(cache.size()).toEqual({ pages: 16, bytes: 1600 });
});

test("a page is kept for a minute at most", async () => {
  const { cache, clock } = openCache();
  await cache.make("/", ["lists"], page("now"));
  clock.ms = 59_999;
  expect(cache.get("/")).toBe("now");
  clock.ms = 60_000;
  expect(cache.get("/")).toBeUndefined();
  expect(cache.size()).toEqual({ pages: 0, bytes: 0 });
});

function gateOf() {
  let resolve!: () => void;
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve };
}
