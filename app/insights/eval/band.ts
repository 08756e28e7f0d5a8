import { randomFrom } from "../training/random.ts";

/** One labelled statement that was not learnt from: whether the machine would act on it alone, whether rightly, and how many statements it stands for. */
export type Banded = { isAlone: boolean; isRight: boolean; standsFor: number; topic: string };

const ROUNDS = 2000;

/**
 * Of statements as they are said, the share that acts alone and how often that is right. Sentences with a cue were
 * labelled more often than they are said, so each counts for as many as it stands for (Horvitz and Thompson, 1952).
 * `low` and `high` hold 95 of 100 samples of as many topics, drawn again from these (Efron, 1979): statements of one
 * topic resemble each other.
 */
export function bandFigures(prefix: string, judged: Banded[]): Record<string, number> {
  const counted = judged.filter(({ standsFor }) => standsFor > 0);
  const topics = [...new Set(counted.map(({ topic }) => topic))].map((name) => sumOf(counted.filter(({ topic }) => topic === name)));
  if (topics.length === 0) return {};
  const random = randomFrom(20_260_101);
  const drawn = Array.from({ length: ROUNDS }, () => ratesOf(topics.map(() => topics[Math.floor(random() * topics.length)]!)));
  const { share, precision } = ratesOf(topics);
  const at = (values: number[], part: number) => values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))]!;
  const shares = drawn.map((one) => one.share);
  const precisions = drawn.map((one) => one.precision);
  return {
    [`${prefix}.weightedShare`]: share, [`${prefix}.weightedShare.low`]: at(shares, 0.025), [`${prefix}.weightedShare.high`]: at(shares, 0.975),
    [`${prefix}.weightedPrecision`]: precision, [`${prefix}.weightedPrecision.low`]: at(precisions, 0.025), [`${prefix}.weightedPrecision.high`]: at(precisions, 0.975),
  };
}

type Sum = { all: number; alone: number; right: number };

function sumOf(judged: Banded[]): Sum {
  const sum = { all: 0, alone: 0, right: 0 };
  for (const { isAlone, isRight, standsFor } of judged) {
    sum.all += standsFor;
    if (isAlone) sum.alone += standsFor;
    if (isAlone && isRight) sum.right += standsFor;
  }
  return sum;
}

function ratesOf(sums: Sum[]): { share: number; precision: number } {
  const of = (part: keyof Sum) => sums.reduce((all, sum) => all + sum[part], 0);
  return { share: of("alone") / of("all"), precision: of("alone") === 0 ? 0 : of("right") / of("alone") };
}
