import { expect, test } from "vitest";
import type { FeatureVector } from "#app/insights/mining/features.ts";
import { softmax } from "#app/insights/mining/model.ts";
import { fitOver, type FitOptions } from "#app/insights/training/fit-over.ts";
import { randomFrom } from "#app/insights/training/random.ts";

const PLACES = 30;
const CLASSES = 4;
const random = randomFrom(5);
const vectors = Array.from({ length: 40 }, (): FeatureVector => {
  const indices = Int32Array.from({ length: PLACES }, (_, at) => at * 1000).filter(() => random() < 0.4);
  return { indices, values: Float32Array.from(indices, () => random() - 0.5) };
});
const labels = vectors.map(() => Math.floor(random() * (CLASSES - 1)));
const bases = vectors.map(() => Array.from({ length: CLASSES }, () => 3 * random()));
const options: FitOptions = { classes: CLASSES, strength: 10, base: (at) => bases[at]!, weights: vectors.map((_, at) => (at % 3 === 0 ? 2 : 0.5)) };

/** What weights cost, counted plainly. */
function costOf(weights: Map<number, Float32Array>): number {
  const losses = vectors.map(({ indices, values }, of) => {
    const scores = bases[of]!.map((score, k) => score + indices.reduce((sum, place, at) => sum + (weights.get(place)?.[k] ?? 0) * values[at]!, 0));
    softmax(scores);
    return -options.weights[of]! * Math.log(scores[labels[of]!]!);
  });
  const squares = [...weights.values()].flatMap((row) => [...row]).reduce((sum, weight) => sum + weight ** 2, 0);
  return options.strength * losses.reduce((sum, loss) => sum + loss, 0) + squares / 2;
}

test("no weights near those that corrections are fitted with would cost less", () => {
  const fitted = fitOver(vectors, labels, options);
  const least = costOf(fitted);
  expect(least).toBeLessThan(0.7 * costOf(new Map()));
  for (const [place, row] of fitted) {
    for (const [k, weight] of row.entries()) {
      for (const by of [-0.05, 0.05]) {
        const moved = new Map(fitted).set(place, row.map((value, at) => (at === k ? weight + by : value)));
        expect(costOf(moved), `${place} ${k} ${by}`).toBeGreaterThan(least);
      }
    }
  }
});

test("the same corrections give the same weights, to the last bit, and nothing where they say nothing", () => {
  expect(fitOver(vectors, labels, options)).toEqual(fitOver(vectors, labels, options));
  expect([...fitOver(vectors, labels, options).keys()].sort((a, b) => a - b)).toEqual([...new Set(vectors.flatMap(({ indices }) => [...indices]))].sort((a, b) => a - b));
  expect(fitOver([], [], options).size).toBe(0);
});
