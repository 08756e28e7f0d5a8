import { DIMENSIONS } from "../encoder/shape.ts";
import { encoderName } from "../encoder/encoder.ts";
import { intents } from "../mining/kinds.ts";
import { softmax } from "../mining/model.ts";
import { embeddingVector, LENGTH, type SecondNumbers, type SecondReading } from "../mining/second-reading.ts";
import { BIAS_ROW, scoresOf, trainSoftmax } from "./softmax-regression.ts";
import { foldOf, type Example } from "./train-model.ts";

/** Picked on written posts told by models that learnt from other files. */
const STRENGTH = { l2: 1, rounds: 6, rate: 0.5 };
/** What is shipped is the mean over so many orders of learning, as in train-model.ts. */
const ORDERS = 4;
/** How much of the vote is the second reading's. Picked on the same posts, and on statements of other topics. */
const SHARE = { statement: 0.4, post: 0.45 };

/** Learns the second reading of examples that come with their embedding, and what it holds of each where its fold was held out. Undefined without any. */
export function trainSecondReading(all: Example[], folds: number[]): (Pick<SecondReading, "encoder" | "share"> & { numbers: SecondNumbers; heldOut: Map<Example, Float64Array> }) | undefined {
  const examples = all.filter(({ intent, embedding }) => intent !== undefined && embedding !== undefined);
  if (examples.length === 0) return undefined;
  const measure = measureOf(examples.map(({ embedding }) => embedding!));
  const vectors = examples.map(({ embedding }) => embeddingVector(measure, embedding!));
  const heldOut = new Map<Example, Float64Array>();
  for (const fold of folds) {
    const w = fit(({ group }) => foldOf(group) !== fold, 1);
    examples.forEach((example, at) => {
      if (foldOf(example.group) !== fold) return;
      const scores = new Float64Array(intents.length);
      scoresOf(w, intents.length, vectors[at]!, scores);
      softmax(scores);
      heldOut.set(example, scores);
    });
  }
  const w = fit(() => true, ORDERS);
  const from = (BIAS_ROW - DIMENSIONS) * intents.length;
  return { encoder: encoderName(), share: SHARE, numbers: { ...measure, weights: w.slice(from, (BIAS_ROW + 1) * intents.length) }, heldOut };

  function fit(isLearnt: (example: Example) => boolean, orders: number): Float32Array {
    const part = examples.flatMap((example, at) => (isLearnt(example) ? [at] : []));
    return trainSoftmax(part.map((at) => vectors[at]!), part.map((at) => intents.indexOf(examples[at]!.intent!)), { classes: intents.length, ...STRENGTH, orders, weights: part.map((at) => examples[at]!.weight ?? 1) });
  }
}

/** What brings each number of an embedding to the mean of zero and the same spread, all of them together `LENGTH` long. */
export function measureOf(embeddings: Float32Array[]): { mean: Float32Array; scale: Float32Array } {
  const mean = new Float64Array(DIMENSIONS);
  const spread = new Float64Array(DIMENSIONS);
  for (const one of embeddings) for (let at = 0; at < DIMENSIONS; at++) mean[at]! += one[at]! / embeddings.length;
  for (const one of embeddings) for (let at = 0; at < DIMENSIONS; at++) spread[at]! += (one[at]! - mean[at]!) ** 2 / embeddings.length;
  return { mean: Float32Array.from(mean), scale: Float32Array.from(spread, (variance) => LENGTH / Math.sqrt((variance + 1e-9) * DIMENSIONS)) };
}
