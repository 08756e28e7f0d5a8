import { expect, test } from "vitest";
import { pack, unpack } from "#app/ui/packed.ts";

/** As a browser gets it: nothing of what was packed is still known. */
const crowdOut = () => Array.from({ length: 100 }, (_, n) => pack({ n }));

test("what is packed comes out as it went in, dates as dates, in the process that packed it and elsewhere", () => {
  const data = { at: new Date(1_700_000_000_000), none: null, list: [{ at: new Date(0), title: "2026-11-22T09:00:00.000Z" }], html: "<p>\u2028 “quoted” $date</p>" };
  const text = pack(data);
  expect(unpack(text)).toBe(data);
  crowdOut();
  const fresh = unpack<typeof data>(text);
  expect(fresh).not.toBe(data);
  expect(fresh).toEqual(data);
  // A title that looks like a date stays a title.
  expect(typeof fresh.list[0]!.title).toBe("string");
});

test("the same text is the same object as long as it is in use", () => {
  const text = pack({ posts: [1, 2, 3] });
  crowdOut();
  const first = unpack(text);
  for (let n = 0; n < 20; n++) pack({ other: n });
  expect(unpack(text)).toBe(first);
});
