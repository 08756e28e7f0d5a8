import { FEATURE_BITS, type FeatureVector } from "../mining/features.ts";

export type TrainingOptions = {
  /** How much a mistake costs against large weights; higher fits closer. */
  cost: number;
  /** The cost of each example, in place of one for all. */
  weights?: Float32Array;
  /** Where the weights are drawn to in place of zero: a shipped model that corrections adapt. */
  towards?: Float64Array;
};

const DIMENSIONS = 1 << FEATURE_BITS;
const MAX_ROUNDS = 60;
const TOLERANCE = 0.01;

/**
 * Weights of a binary logistic regression with L2, the bias last: P(yes) = 1 / (1 + exp(-w·x)). Trained by dual
 * coordinate descent (Yu, Huang, Lin: "Dual coordinate descent methods for logistic regression and maximum entropy
 * models", Machine Learning 85, 2011). The order of the examples is shuffled by a fixed seed: same data, same weights.
 */
export function trainLogistic(examples: FeatureVector[], isYes: (at: number) => boolean, { cost, weights, towards }: TrainingOptions): Float64Array {
  const w = towards ? Float64Array.from(towards) : new Float64Array(DIMENSIONS + 1);
  const signs = Float64Array.from(examples, (_, at) => (isYes(at) ? 1 : -1));
  const limits = Float64Array.from(examples, (_, at) => cost * (weights?.[at] ?? 1));
  const alphas = Float64Array.from(limits, (limit) => Math.min(0.001 * limit, 1e-8));
  const norms = Float64Array.from(examples, ({ values }) => values.reduce((sum, value) => sum + value * value, 1));
  examples.forEach((example, at) => shift(w, example, alphas[at]! * signs[at]!));

  const order = Int32Array.from(examples, (_, at) => at);
  const random = randomFrom(20_260_101);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    shuffle(order, random);
    let worst = 0;
    for (const at of order) {
      if (limits[at] === 0) continue;
      const margin = signs[at]! * dot(w, examples[at]!);
      const before = alphas[at]!;
      const after = bestAlpha(before, margin, norms[at]!, limits[at]!);
      worst = Math.max(worst, Math.abs(margin + Math.log(before / (limits[at]! - before))));
      if (after !== before) {
        alphas[at] = after;
        shift(w, examples[at]!, (after - before) * signs[at]!);
      }
    }
    if (worst < TOLERANCE) break;
  }
  return w;
}

/** w·x with the bias. */
export function dot(w: Float64Array | Float32Array, { indices, values }: FeatureVector): number {
  let sum = w[w.length - 1]!;
  for (let at = 0; at < indices.length; at++) sum += w[indices[at]!]! * values[at]!;
  return sum;
}

/** Numbers between 0 and 1, the same for the same seed (xorshift32, Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

export function shuffle(order: Int32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}

/** Minimises the example's share of the dual by Newton steps that stay inside (0, limit). */
function bestAlpha(before: number, margin: number, norm: number, limit: number): number {
  let alpha = before;
  for (let step = 0; step < 8; step++) {
    const slope = norm * (alpha - before) + margin + Math.log(alpha / (limit - alpha));
    if (Math.abs(slope) < 1e-6) break;
    const next = alpha - slope / (norm + limit / (alpha * (limit - alpha)));
    alpha = next <= 0 ? alpha * 0.1 : next >= limit ? limit - (limit - alpha) * 0.1 : next;
  }
  return alpha;
}

function shift(w: Float64Array, { indices, values }: FeatureVector, by: number): void {
  for (let at = 0; at < indices.length; at++) w[indices[at]!]! += by * values[at]!;
  w[w.length - 1]! += by;
}
