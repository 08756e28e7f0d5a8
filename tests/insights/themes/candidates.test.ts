import fc from "fast-check";
import { expect, test } from "vitest";
import { openCandidates } from "#app/insights/themes/candidates.ts";

const SIZE = 32;

/** Its axes, the longest first; of those as long the one that comes first. */
function axesOf(direction: Int8Array, most: number): Map<number, number> {
  const axes = Array.from(direction, (length, d) => [d * 2 + (length < 0 ? 1 : 0), Math.abs(length)] as const).filter(([, length]) => length > 0);
  return new Map(axes.sort((a, b) => b[1] - a[1]).slice(0, most));
}

test("those met most are found as if all were looked at, however they came in and went", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.nat(500), (seed, gone) => {
      let state = seed;
      const draw = (below: number) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % below;
      const direction = () => Int8Array.from({ length: SIZE }, () => (draw(3) === 0 ? 0 : draw(255) - 127));
      const candidates = openCandidates(SIZE);
      const all = new Map<number, { id: number; direction: Int8Array }>();
      for (let n = 0; n < 900; n++) {
        const place = draw(480);
        if (all.has(place) && n % 7 === gone % 7) {
          candidates.remove(place);
          all.delete(place);
          continue;
        }
        const one = { id: all.get(place)?.id ?? n + 1, direction: direction() };
        candidates.put(place, one.id, one.direction);
        all.set(place, one);
      }
      const asked = direction();
      const axes = axesOf(asked, 18);
      const met = [...all].map(([place, { id, direction: other }]) => ({ place, id, often: [...axesOf(other, 28)].reduce((sum, [axis, length]) => sum + length * (axes.get(axis) ?? 0), 0) }));
      const expected = met.filter(({ often }) => often > 0).sort((a, b) => b.often - a.often || a.id - b.id).slice(0, 40);
      expect(all.size).toBeGreaterThan(300);
      expect(candidates.near(asked)).toEqual(expected.map(({ place }) => place));
    }),
    { numRuns: 25 },
  );
});
