import { intents, type Intent } from "../mining/kinds.ts";

/** An intent that was told of something that was not learnt from, and whether it was right. */
export type Judged = { intent: Intent; confidence: number; isRight: boolean };

/** What may count at once has to be right nine times in ten over all intents, and nearly so in each. */
const PRECISION = 0.905;
const PRECISION_OF_EACH = [0.85, 0.87, 0.89, PRECISION];
/** Fewer than this above a threshold prove nothing. */
const FEWEST = 15;
/** For intents that are too rare to measure. */
const UNMEASURED = 0.97;

/** For each intent, named `<prefix><intent>`, the lowest confidence from which on it may act alone; 1.01 when there is none. */
export function autoThresholds(judged: Judged[], prefix: string): Record<string, number> {
  for (const precision of PRECISION_OF_EACH) {
    const each = new Map(intents.map((intent) => [intent, thresholdOf(judged.filter((one) => one.intent === intent), precision)]));
    const admitted = judged.filter(({ intent, confidence }) => confidence >= each.get(intent)!);
    const right = admitted.filter(({ isRight }) => isRight).length;
    if (right >= admitted.length * PRECISION || precision === PRECISION) return Object.fromEntries([...each].map(([intent, threshold]) => [`${prefix}${intent}`, threshold]));
  }
  return {};
}

function thresholdOf(judged: Judged[], precision: number): number {
  if (judged.length < FEWEST) return UNMEASURED;
  const sorted = judged.toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  let lowest = 1.01;
  sorted.forEach(({ confidence, isRight }, at) => {
    if (isRight) right++;
    if (at + 1 >= FEWEST && right / (at + 1) >= precision) lowest = confidence;
  });
  return Math.ceil(lowest * 1000) / 1000;
}
