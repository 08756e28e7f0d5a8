import { expect, test } from "vitest";
import { blindFigures } from "#app/insights/eval/blind.ts";
import { readBlind } from "#app/insights/gold/read-blind.ts";
import { intents } from "#app/insights/mining/kinds.ts";
import { readModel } from "#app/insights/mining/model.ts";
import { wordsOf } from "#app/insights/mining/words.ts";
import { trainingSources } from "#app/insights/training/training-sources.ts";

/** So many words in a row are not said alike by chance. */
const RUN = 10;

function runsOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(" "));
}

test("what the machine is measured by holds every kind alike, and nothing that it learns from", () => {
  const blind = readBlind();
  for (const intent of intents) expect(blind.filter((one) => one.intent === intent).length, intent).toBeGreaterThan(45);
  const learnt = new Set(trainingSources("no data here").examples.flatMap(({ title, text }) => [text, ...runsOf(`${title}. ${text}`)]));
  expect(learnt.size).toBeGreaterThan(10_000);
  expect(blind.filter(({ title, text }) => learnt.has(text) || runsOf(`${title}. ${text}`).some((run) => learnt.has(run)))).toEqual([]);
});

test("ten kinds of posts and statements that nothing was learnt from are told with a macro-F1 of 0.75 or more, and what acts alone is right nine times in ten", async () => {
  const figures = await blindFigures(readModel("intents"));
  for (const part of ["posts", "statements"]) {
    expect(figures[`blind.${part}.macroF1`], part).toBeGreaterThanOrEqual(0.75);
    expect(figures[`blind.${part}.autoPrecision`], part).toBeGreaterThanOrEqual(0.9);
    expect(figures[`blind.${part}.autoShare`], part).toBeGreaterThan(0.3);
  }
}, 120_000);
