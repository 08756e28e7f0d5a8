import { intents, type Intent } from "../mining/kinds.ts";

/** An intent that was told of something that was not learnt from, and whether it was right. */
export type Judged = { intent: Intent; confidence: number; isRight: boolean };

/** What may count at once has to be right nine times in ten over all intents. */
const PRECISION = 0.9;
/** What is asked of each, the most first: the frequent ones make up for rare ones that never reach nine in ten. */
const PRECISION_OF_EACH = [0.91, 0.89, 0.87, 0.84, 0.8];
/** Fewer than this above a threshold prove nothing. */
const FEWEST = 15;
/** For intents that are too rare to measure. */
const UNMEASURED = 0.97;
const NEVER = 1.01;

/** For each intent, named `<prefix><intent>`, the lowest confidence from which on it may act alone; 1.01 when there is none. */
export function autoThresholds(judged: Judged[], prefix: string): Record<string, number> {
  let chosen = new Map<Intent, number>();
  // Asking ever more of the weakest, until together they are right nine times in ten.
  for (let asked = PRECISION_OF_EACH.length; asked > 0; asked--) {
    chosen = new Map(intents.map((intent) => [intent, highestOf(judged.filter((one) => one.intent === intent), PRECISION_OF_EACH.slice(0, asked))]));
    const admitted = judged.filter(({ intent, confidence }) => confidence >= chosen.get(intent)!);
    if (admitted.filter(({ isRight }) => isRight).length >= admitted.length * PRECISION) break;
  }
  return Object.fromEntries([...chosen].map(([intent, threshold]) => [`${prefix}${intent}`, threshold]));
}

function highestOf(judged: Judged[], precisions: number[]): number {
  return precisions.map((precision) => thresholdOf(judged, precision)).find((threshold) => threshold < NEVER) ?? NEVER;
}

function thresholdOf(judged: Judged[], precision: number): number {
  if (judged.length < FEWEST) return UNMEASURED;
  const sorted = judged.toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  let lowest = NEVER;
  sorted.forEach(({ confidence, isRight }, at) => {
    if (isRight) right++;
    if (at + 1 >= FEWEST && right / (at + 1) >= precision) lowest = confidence;
  });
  return lowest === NEVER ? NEVER : Math.ceil(lowest * 1000) / 1000;
}
