import { intents, type Intent } from "../mining/kinds.ts";

/** An intent that was told of something that was not learnt from, whether it was right, and for how many of those that are said it stands (1 when absent). */
export type Judged = { intent: Intent; confidence: number; isRight: boolean; standsFor?: number };

/** What may count at once has to be right nine times in ten over all intents, as they are said; what is chosen here falls short of itself elsewhere, by 0.015 in folds by topic. */
const PRECISION = 0.92;
/** The frequent ones make up for rare ones, but not for any that is right less often than this. */
const LEAST = 0.8;
/** Fewer than this above a threshold prove nothing. */
const FEWEST = 15;
/** For intents that are too rare to measure. */
const UNMEASURED = 0.97;
const NEVER = 1.01;
/**
 * A single statement of which the machine is less sure waits for a person, however often that was right of what was written
 * to be learnt from. In the demo all five that would have acted alone below as leaving or comparing were wrong, and none of nine above.
 */
export const SURE_OF_STATEMENT = 0.7;

/** Of one intent, from the surest down. */
type Pool = { intent: Intent; part: Judged[]; right: number };

/**
 * For each intent, named `<prefix><intent>`, the lowest confidence from which on it may act alone, at least `least`; 1.01 when there is none.
 * Each intent's stretches of confidence are taken in the order of how often they were right, whatever the intent, for as
 * long as all together are right nine times in ten, each counted once or as often as it is said: what is rare is judged
 * more often than it is said, and what is nothing in particular makes up for it.
 */
export function autoThresholds(judged: Judged[], prefix: string, least = 0): Record<string, number> {
  const ofEach = intents.map((intent) => [intent, judged.filter((one) => one.intent === intent).sort((a, b) => b.confidence - a.confidence)] as const);
  const taken = new Map<Intent, Judged[]>();
  const sum: Sum = { right: 0, all: 0, rightSaid: 0, allSaid: 0 };
  for (const { intent, part } of ofEach.flatMap(([, sorted]) => poolsOf(sorted)).sort((a, b) => b.right / b.part.length - a.right / a.part.length)) {
    const many = mostOf(part, sum);
    taken.set(intent, [...(taken.get(intent) ?? []), ...part.slice(0, many)]);
    for (const one of part.slice(0, many)) add(sum, one);
    if (many < part.length) break;
  }
  return Object.fromEntries(ofEach.map(([intent, { length }]) => [`${prefix}${intent}`, length < FEWEST ? UNMEASURED : Math.max(least, thresholdOf(taken.get(intent) ?? []))]));
}

/** Stretches of confidence, each right less often than the one before (pool adjacent violators: Ayer and others, 1955). */
function poolsOf(sorted: Judged[]): Pool[] {
  const pools: Pool[] = [];
  if (sorted.length < FEWEST) return pools;
  for (const one of sorted) {
    let pool: Pool = { intent: one.intent, part: [one], right: one.isRight ? 1 : 0 };
    for (let last = pools.at(-1); last && (last.part.length < FEWEST || last.right * pool.part.length <= pool.right * last.part.length); last = pools.at(-1)) {
      pools.pop();
      pool = { intent: one.intent, part: [...last.part, ...pool.part], right: last.right + pool.right };
    }
    pools.push(pool);
  }
  return pools;
}

type Sum = { right: number; all: number; rightSaid: number; allSaid: number };

function add(sum: Sum, { isRight, standsFor = 1 }: Judged): void {
  sum.all++;
  sum.allSaid += standsFor;
  if (!isRight) return;
  sum.right++;
  sum.rightSaid += standsFor;
}

/** How many of a stretch, from its surest down, may join what is taken. */
function mostOf(part: Judged[], taken: Sum): number {
  const sum = { ...taken };
  let many = 0;
  part.forEach((one, at) => {
    add(sum, one);
    if (sum.right >= sum.all * PRECISION || sum.rightSaid >= sum.allSaid * PRECISION) many = at + 1;
  });
  return many;
}

/** The confidence of the least sure of those taken; of the surest among them, where all are right too seldom. */
function thresholdOf(taken: Judged[]): number {
  let right = 0;
  let lowest = NEVER;
  taken.forEach(({ confidence, isRight }, at) => {
    if (isRight) right++;
    if (at + 1 >= FEWEST && right >= (at + 1) * LEAST) lowest = confidence;
  });
  return lowest === NEVER ? NEVER : Math.ceil(lowest * 1000) / 1000;
}
