import { intents, type Intent } from "../mining/kinds.ts";

/** An intent that was told of something that was not learnt from, and whether it was right. */
export type Judged = { intent: Intent; confidence: number; isRight: boolean };

/** What may count at once has to be right nine times in ten; a little more, as the next thousand will differ. */
const PRECISION = 0.91;
/** Fewer than this above a threshold prove nothing. */
const FEWEST = 25;
/** For intents that are too rare to measure. */
const UNMEASURED = 0.97;

/** For each intent, named `<prefix><intent>`, the lowest confidence from which on it was right nine times in ten; 1.01 when there is none. */
export function autoThresholds(judged: Judged[], prefix: string): Record<string, number> {
  return Object.fromEntries(intents.map((intent) => [`${prefix}${intent}`, thresholdOf(judged.filter((one) => one.intent === intent))]));
}

function thresholdOf(judged: Judged[]): number {
  if (judged.length < FEWEST) return UNMEASURED;
  const sorted = judged.toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  let lowest = 1.01;
  sorted.forEach(({ confidence, isRight }, at) => {
    if (isRight) right++;
    if (at + 1 >= FEWEST && right / (at + 1) >= PRECISION) lowest = confidence;
  });
  return Math.ceil(lowest * 1000) / 1000;
}
