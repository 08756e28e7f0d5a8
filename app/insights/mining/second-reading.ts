import { DIMENSIONS } from "../encoder/shape.ts";
import { FEATURE_BITS, type FeatureVector } from "./features.ts";
import { intents } from "./kinds.ts";
import { scoreOf, softmax, type Calibration } from "./model.ts";

/**
 * What is learnt on top of a pre-trained encoder: it reads a text a second time, by what it says and not by its words, and
 * has a vote beside the first reading. `mean` and `scale` bring each number of an embedding to one measure; `weights` hold,
 * number by number, one weight for each intent, the biases last. `share` is how much of the vote is the second reading's.
 */
export type SecondReading = SecondFacts & SecondNumbers;

export type SecondNumbers = { mean: Float32Array; scale: Float32Array; weights: Float32Array };

/** What the model's file says of it. */
export type SecondFacts = { encoder: string; share: { statement: number; post: number }; statement: Calibration[]; post: Calibration[] };

/** How long an embedding is, on the mean, beside a text's features of words, which are one long. */
export const LENGTH = 3;
/** Nobody needs more than the encoder can read. */
const MOST_CHARACTERS = 2000;

/** What the encoder is given of a statement or post: with the title under which it stands, because "Same here" says nothing without. */
export function textToEmbed({ title = "", text }: { title?: string; text: string }): string {
  return (title && text ? `${title}. ${text}` : title || text).slice(0, MOST_CHARACTERS);
}

/** Where the numbers of an embedding stand in a vector of features: behind all buckets of words. */
const PLACES = Int32Array.from({ length: DIMENSIONS }, (_, at) => (1 << FEATURE_BITS) + at);

export function embeddingVector({ mean, scale }: Pick<SecondReading, "mean" | "scale">, embedding: Float32Array): FeatureVector {
  return { indices: PLACES, values: embedding.map((value, at) => (value - mean[at]!) * scale[at]!) };
}

/** The same as corrections learn from it: as long as a text's features of words. */
export function localVector(reading: Pick<SecondReading, "mean" | "scale">, embedding: Float32Array): FeatureVector {
  const { indices, values } = embeddingVector(reading, embedding);
  return { indices, values: values.map((value) => value / LENGTH) };
}

/** What both readings together hold of each intent: the logarithms of their likelihoods, each by its share (a logarithmic opinion pool: Genest and Zidek, 1986). */
export function pooled(first: ArrayLike<number>, second: ArrayLike<number>, share: number): Float64Array {
  return Float64Array.from(first, (likelihood, k) => (1 - share) * Math.log(likelihood + 1e-9) + share * Math.log(second[k]! + 1e-9));
}

/** Scores whose softmax is how likely each intent is after both readings. `first` are the likelihoods of the first. */
export function scoresAfter(reading: SecondReading, first: ArrayLike<number>, embedding: Float32Array, unit: "statement" | "post"): number[] {
  const second = new Float64Array(intents.length);
  const { values } = embeddingVector(reading, embedding);
  for (let k = 0; k < second.length; k++) second[k] = reading.weights[DIMENSIONS * second.length + k]!;
  for (let at = 0; at < values.length; at++) for (let k = 0; k < second.length; k++) second[k]! += reading.weights[at * second.length + k]! * values[at]!;
  softmax(second);
  const both = pooled(first, second, reading.share[unit]);
  return intents.map((_, k) => scoreOf(reading[unit][k]!, both, k, 0));
}
