import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { bandFigures } from "#app/insights/eval/band.ts";
import { readGold } from "#app/insights/gold/read-gold.ts";
import { standsFor } from "#app/insights/gold/stands-for.ts";

const bicycles = "../shared/data/stackexchange-bicycles-meta";

test("a sentence that was labelled for its cue counts for less than one that stands for many", () => {
  const cued = Array.from({ length: 30 }, (_, at) => ({ isAlone: false, isRight: false, standsFor: 1, topic: `topic ${at}` }));
  const plain = Array.from({ length: 10 }, (_, at) => ({ isAlone: true, isRight: at > 0, standsFor: 9, topic: `topic ${at}` }));
  const figures = bandFigures("band", [...cued, ...plain]);
  expect(figures["band.weightedShare"]).toBeCloseTo(90 / 120);
  expect(figures["band.weightedPrecision"]).toBeCloseTo(0.9);
});

test("the interval of the band holds its figure, is the same each time, and is narrower with more topics", () => {
  const judged = (topics: number) => Array.from({ length: topics * 4 }, (_, at) => ({ isAlone: at % 2 === 0, isRight: at % 7 > 0, standsFor: 1 + (at % 3), topic: `topic ${at % topics}` }));
  const few = bandFigures("band", judged(8));
  const many = bandFigures("band", judged(400));
  expect(few).toEqual(bandFigures("band", judged(8)));
  for (const figures of [few, many]) {
    expect(figures["band.weightedPrecision.low"]).toBeLessThanOrEqual(figures["band.weightedPrecision"]!);
    expect(figures["band.weightedPrecision.high"]).toBeGreaterThanOrEqual(figures["band.weightedPrecision"]!);
  }
  const width = (figures: Record<string, number>) => figures["band.weightedPrecision.high"]! - figures["band.weightedPrecision.low"]!;
  expect(width(many)).toBeLessThan(width(few));
});

test("statements of which no more is known than their label say nothing of all that is said", () => {
  expect(bandFigures("band", [{ isAlone: true, isRight: true, standsFor: 0, topic: "demo" }])).toEqual({});
});

test.skipIf(!existsSync(bicycles))(`the labelled statements stand for all that the dump holds, each title for itself (needs ${bicycles})`, () => {
  const gold = readGold(bicycles);
  const shares = standsFor(gold, bicycles);
  gold.forEach(({ source, kind, drawn }, at) => {
    if (source === "demo") expect(shares[at]).toBe(0);
    else if (kind === "title") expect(shares[at]).toBe(1);
    // Every sentence of a question that holds a cue was labelled.
    else if (kind === "question" && drawn === "cue") expect(shares[at]).toBe(1);
    else expect(shares[at]).toBeGreaterThan(1);
  });
  const all = shares.reduce((sum, share) => sum + share, 0);
  expect(all).toBeGreaterThan(16_000);
  expect(all).toBeLessThan(18_000);
});
