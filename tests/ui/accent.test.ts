import fc from "fast-check";
import { expect, test } from "vitest";
import { accentTones, contrast } from "#app/ui/accent.ts";

const colour = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, "0")}`);
const pages = { light: ["#fdfcfa", "#ffffff", "#f5f3ee"], dark: ["#161513", "#1d1c1a", "#24221f"] };

test("whatever colour a division chooses, text in it and on it can be read in both schemes", () => {
  fc.assert(
    fc.property(colour, (hex) => {
      const tones = accentTones(hex);
      for (const scheme of ["light", "dark"] as const) {
        const { accent, strong, soft, on } = tones[scheme];
        for (const page of [...pages[scheme], soft]) {
          expect(contrast(accent, page), `${accent} of ${hex} on ${page}`).toBeGreaterThanOrEqual(4.5);
          expect(contrast(strong, page), `${strong} of ${hex} on ${page}`).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(on, accent), `${on} on ${accent}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(scheme === "light" ? "#1d1b18" : "#edeae4", soft)).toBeGreaterThanOrEqual(4.5);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a colour that can be read is left as it is", () => {
  expect(accentTones("#2f6f5e").light.accent).toBe("#2f6f5e");
});

test("contrast is measured as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});
