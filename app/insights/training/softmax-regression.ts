import { DIMENSIONS } from "../encoder/shape.ts";
import { FEATURE_BITS, type FeatureVector } from "../mining/features.ts";
import { softmax } from "../mining/model.ts";
import { logRatios } from "./log-ratios.ts";
import { randomFrom, shuffle } from "./random.ts";

export type SoftmaxOptions = {
  classes: number;
  /** How strongly weights are drawn to zero. */
  l2: number;
  rounds: number;
  /** How much each example counts. */
  weights?: ArrayLike<number>;
  rate?: number;
  /** This share of what a label says goes to all classes alike: who is never quite sure errs less badly elsewhere (label smoothing: Szegedy and others, CVPR 2016). */
  doubt?: number;
  /** Whether what counting says of a bucket limits what it may weigh: one that stands alike in all classes is kept small. */
  byRatio?: boolean;
  /** Learnt in so many orders, and the mean is taken: what a single order happens to say of what was met last is left out. 1 when absent. */
  orders?: number;
};

/** All that a vector may hold: buckets of words, and behind them the numbers of an embedding. */
const BUCKETS = (1 << FEATURE_BITS) + DIMENSIONS;
/** The row of the biases. */
export const BIAS_ROW = BUCKETS;

/**
 * Weights of a multinomial logistic regression, bucket by bucket, the biases last. Trained by stochastic gradients with
 * a rate for each bucket that falls with what it has learnt (AdaGrad: Duchi, Hazan, Singer, JMLR 12, 2011). The order
 * is shuffled by a fixed seed: same data, same weights.
 */
export function trainSoftmax(examples: FeatureVector[], labels: ArrayLike<number>, { orders = 1, ...options }: SoftmaxOptions): Float32Array {
  const random = randomFrom(20_260_101);
  const sum = trainOnce(examples, labels, options, random);
  for (let order = 1; order < orders; order++) trainOnce(examples, labels, options, random).forEach((weight, at) => (sum[at]! += weight));
  return orders === 1 ? sum : sum.map((weight) => weight / orders);
}

function trainOnce(examples: FeatureVector[], labels: ArrayLike<number>, options: SoftmaxOptions, random: () => number): Float32Array {
  const { classes, l2, rounds, weights, rate = 1, doubt = 0, byRatio = false } = options;
  const { places, rows, met } = compacted(examples);
  const size = places.length;
  const w = new Float32Array((size + 1) * classes);
  const ratios = byRatio ? logRatios(rows, labels, size, { classes, weights }) : new Float32Array(size * classes).fill(1);
  const learnt = new Float32Array(size + 1).fill(1e-3);
  // A bucket is drawn to zero each time it is met, so that over a round each is drawn equally far.
  const pull = Float32Array.from(met, (times) => l2 / Math.max(1, times));
  const scores = new Float64Array(classes);
  const order = Int32Array.from(examples, (_, at) => at);
  const bias = size * classes;
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    // Smaller steps towards the end average out what single examples say.
    const step = rate * (1 - (0.9 * round) / rounds);
    for (const at of order) {
      const indices = rows[at]!;
      const { values } = examples[at]!;
      const weight = weights?.[at] ?? 1;
      for (let k = 0; k < classes; k++) scores[k] = w[bias + k]!;
      for (let i = 0; i < indices.length; i++) {
        const value = values[i]!;
        const from = indices[i]! * classes;
        for (let k = 0; k < classes; k++) scores[k]! += w[from + k]! * ratios[from + k]! * value;
      }
      softmax(scores);
      for (let k = 0; k < classes; k++) scores[k]! -= doubt / classes;
      scores[labels[at]!]! -= 1 - doubt;
      let squares = 0;
      for (let k = 0; k < classes; k++) squares += (scores[k]! *= weight) ** 2;
      // Next to nothing to learn from what is known already.
      if (squares < 1e-5) continue;
      for (let i = 0; i < indices.length; i++) {
        const row = indices[i]!;
        const value = values[i]!;
        const from = row * classes;
        let steep = 0;
        for (let k = 0; k < classes; k++) steep += (scores[k]! * ratios[from + k]!) ** 2;
        const pace = step / Math.sqrt((learnt[row]! += steep * value * value));
        const drawn = Math.min(0.5, pace * pull[row]!);
        for (let k = 0; k < classes; k++) w[from + k]! -= pace * scores[k]! * ratios[from + k]! * value + drawn * w[from + k]!;
      }
      const pace = step / Math.sqrt((learnt[size]! += squares));
      for (let k = 0; k < classes; k++) w[bias + k]! -= pace * scores[k]!;
    }
  }
  const all = new Float32Array((BUCKETS + 1) * classes);
  for (let row = 0; row <= size; row++) for (let k = 0; k < classes; k++) all[(row < size ? places[row]! : BUCKETS) * classes + k] = w[row * classes + k]! * (row < size ? ratios[row * classes + k]! : 1);
  return all;
}

/** Only the buckets that occur, the commonest side by side: a fraction of the memory to walk through. */
function compacted(examples: FeatureVector[]) {
  const times = new Int32Array(BUCKETS);
  const seen: number[] = [];
  for (const { indices } of examples) for (let i = 0; i < indices.length; i++) if (times[indices[i]!]!++ === 0) seen.push(indices[i]!);
  const places = Int32Array.from(seen).sort((a, b) => times[b]! - times[a]! || a - b);
  const rowOf = new Int32Array(BUCKETS);
  places.forEach((bucket, row) => (rowOf[bucket] = row));
  return { places, rows: examples.map(({ indices }) => indices.map((bucket) => rowOf[bucket]!)), met: places.map((bucket) => times[bucket]!) };
}

export function scoresOf(w: Float32Array, classes: number, { indices, values }: FeatureVector, scores: Float64Array): void {
  const bias = BUCKETS * classes;
  for (let k = 0; k < classes; k++) scores[k] = w[bias + k]!;
  for (let i = 0; i < indices.length; i++) {
    const value = values[i]!;
    const from = indices[i]! * classes;
    for (let k = 0; k < classes; k++) scores[k]! += w[from + k]! * value;
  }
}
