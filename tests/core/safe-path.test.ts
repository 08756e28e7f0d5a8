import fc from "fast-check";
import { expect, test } from "vitest";
import { safePath } from "#app/core/safe-path.ts";

test.each(["/", "/t/welcome/1", "/latest?page=2#post-3", "/u/ada", "/t/caf%C3%A9/1"])("%s is ours", (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  "https://evil.test", "http:evil.test", "http:/evil.test", "https:evil.test/x", "//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test", "\\/evil.test",
  "/\\/evil.test", "/\t/evil.test", "/\n/evil.test", "/\r\n/evil.test", "\t//evil.test", " //evil.test", "/\u0000/evil.test", "/.//evil.test", "/..//evil.test", "/a/..//evil.test",
  "/./\\evil.test", "/%2e//evil.test", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "mailto:a@b.c",
  "//user@evil.test", "/@evil.test/../..//evil.test", "https://here.invalid/x", "//here.invalid@evil.test/x", "?next=/", "#x", "x/y", "", " ", "／／evil.test", "http://localhost:3000@evil.test",
  "//%65vil.test", "//[::1]/", "//evil.test:80/", "\u2028//evil.test", "/" + "a".repeat(3000),
])("%j does not lead away", (path) => {
  expect(safePath(path)).toBe("/");
});

test.each([[["/a", "/b"]], [{ toString: () => "/a" }], [null], [undefined], [7]])("what is no text leads home", (wanted) => {
  expect(safePath(wanted)).toBe("/");
});

test("whatever is asked for, a browser that goes there stays with us", () => {
  const piece = fc.constantFrom("/", "\\", ".", "..", "%2e", "%5c", "@", ":", "evil.test", "\t", "\n", "\r", " ", "?", "#", "http:", "javascript:", "a", "\u0000", "／");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = safePath(`/${pieces.join("")}`);
      expect(new URL(path, "https://ours.test").origin).toBe("https://ours.test");
      // Read a second time, as a proxy or another redirect would, it is still the same place.
      expect(safePath(path)).toBe(path);
      expect(path.startsWith("/") && !path.startsWith("//")).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
