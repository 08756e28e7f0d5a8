import { expect, test } from "vitest";
import { agreementOf } from "#app/insights/eval/agreement.ts";

test("the same parts under other names agree wholly", () => {
  expect(agreementOf(["a", "a", "b", "c"], [7, 7, 3, 1])).toEqual({ ari: 100, nmi: 100, groups: 3, precision: 100, recall: 100 });
});

test("agreement is measured as it is published", () => {
  // Worked by hand: 2 pairs together in both, 6 in the one, 3 in the other, of 15.
  const { ari, groups, precision, recall } = agreementOf([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]);
  expect(ari).toBeCloseTo(100 * ((2 - (6 * 3) / 15) / ((6 + 3) / 2 - (6 * 3) / 15)), 9);
  expect({ groups, precision: Math.round(precision), recall: Math.round(recall) }).toEqual({ groups: 3, precision: 67, recall: 33 });
});

test("all in one, or each alone, is no better than chance", () => {
  expect(agreementOf(["a", "a", "b", "b"], [1, 1, 1, 1]).ari).toBeCloseTo(0, 9);
  expect(agreementOf(["a", "a", "b", "b"], [1, 2, 3, 4]).ari).toBeCloseTo(0, 9);
});
