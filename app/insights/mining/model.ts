import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Unit } from "./classify.ts";
import { DIMENSIONS } from "../encoder/shape.ts";
import { FEATURE_BITS, type FeatureVector } from "./features.ts";
import { intents } from "./kinds.ts";
import type { SecondFacts, SecondNumbers, SecondReading } from "./second-reading.ts";

const BUCKETS = 1 << FEATURE_BITS;

/** What a trained file says of itself. */
export type ModelFacts = {
  /** Names this training for ever: stored with all that it decides. */
  version: string;
  trainedOn: { name: string; examples: number; licence: string }[];
  trainedAt: string;
  heads: HeadFacts[];
  scores: Record<string, number>;
  /** What was claimed of labelled statements and posts that were not learnt from, row by row of the intents, and what they were, column by column. */
  measured?: Record<Unit, number[][]>;
  /** The same after the second reading. */
  measuredTwice?: Record<Unit, number[][]>;
  second?: SecondFacts;
};

/** One intent or sentiment: how its margin competes with the others' of its kind, in a statement and in a whole post. */
export type HeadFacts = { name: string; scale: number; bias: number; statement: Calibration; post: Calibration };

/**
 * The softmax over all `slope * margin + offset` of a kind is how likely each is. `lean` is how much more it costs to miss
 * this one than to claim it wrongly: what is rare would else never be claimed; 1 when absent. `others` is what the margins of
 * all of its kind, in order, add to its own: beside a half-hearted "question", a half-hearted "wish" means something else.
 */
export type Calibration = { slope: number; offset: number; lean?: number; others?: number[] };

/** `weights` holds, bucket by bucket, one weight for each head: all that a bucket says lies side by side. */
export type Model = { facts: ModelFacts; rarity: Float32Array; weights: Int8Array; second?: SecondReading; local?: LocalWeights };

/** What one community's corrections add to the shipped weights of the intents: bucket by bucket. */
export type LocalWeights = Map<number, Float32Array>;

/** What a local vector counts for a bucket that the shipped model never saw. */
export const UNSEEN_RARITY = 8;

/**
 * Reads a model: `<name>.json` says what it is, `<name>.bin` holds, brotli-packed, each bucket's rarity as one byte and
 * then each head's weights as one byte a bucket; `<name>.second.bin`, where the first speaks of it, is the second reading.
 */
export function readModel(name: string, folder = path.join(process.cwd(), "app/insights/models")): Model {
  const facts = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8")) as ModelFacts;
  const bytes = brotliDecompressSync(readFileSync(path.join(folder, `${name}.bin`)));
  const heads = facts.heads.length;
  if (bytes.length !== BUCKETS * (1 + heads)) throw new Error(`The model ${name} does not have the size that ${name}.json says.`);
  const weights = new Int8Array(BUCKETS * heads);
  for (let head = 0; head < heads; head++) {
    const from = BUCKETS * (1 + head);
    for (let bucket = 0; bucket < BUCKETS; bucket++) weights[bucket * heads + head] = (bytes[from + bucket]! << 24) >> 24;
  }
  const model: Model = { facts, rarity: Float32Array.from(bytes.subarray(0, BUCKETS), rarityOfByte), weights };
  return facts.second ? { ...model, second: { ...facts.second, ...unpackSecond(name, readFileSync(path.join(folder, `${name}.second.bin`))) } } : model;
}

/** Numbers of four bytes, little end first: the mean and the scale of each number of an embedding, then the weights. */
function unpackSecond(name: string, bytes: Buffer): SecondNumbers {
  if (bytes.length !== 4 * (2 * DIMENSIONS + (DIMENSIONS + 1) * intents.length)) throw new Error(`The second reading of the model ${name} does not have the size of its encoder.`);
  const numbers = Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
  return { mean: numbers.slice(0, DIMENSIONS), scale: numbers.slice(DIMENSIONS, 2 * DIMENSIONS), weights: numbers.slice(2 * DIMENSIONS) };
}

/** The bytes that this unpacks. */
export function bytesOfSecond({ mean, scale, weights }: SecondNumbers): Uint8Array {
  const numbers = [...mean, ...scale, ...weights];
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => bytes.writeFloatLE(number, at * 4));
  return bytes;
}

/** The bytes that `readModel` unpacks. */
export function bytesOf({ facts, rarity, weights }: Model): Uint8Array {
  const heads = facts.heads.length;
  const bytes = new Uint8Array(BUCKETS * (1 + heads));
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    bytes[bucket] = byteOfRarity(rarity[bucket]!);
    for (let head = 0; head < heads; head++) bytes[BUCKETS * (1 + head) + bucket] = weights[bucket * heads + head]!;
  }
  return bytes;
}

/** Rarity is kept in sixteenths, from 0 (never seen) to just under 16. */
export function rarityOfByte(byte: number): number {
  return byte / 16;
}

export function byteOfRarity(rarity: number): number {
  return Math.max(0, Math.min(255, Math.round(rarity * 16)));
}

/** What each head says, from far below zero for no to far above for yes. */
export function marginsOf({ facts: { heads }, weights }: Model, { indices, values }: FeatureVector): Float64Array {
  const count = heads.length;
  const margins = new Float64Array(count);
  for (let at = 0; at < indices.length; at++) {
    const value = values[at]!;
    const from = indices[at]! * count;
    for (let head = 0; head < count; head++) margins[head]! += weights[from + head]! * value;
  }
  for (let head = 0; head < count; head++) margins[head] = margins[head]! * heads[head]!.scale + heads[head]!.bias;
  return margins;
}

/** The heads from `from` to `to` as scores whose softmax is how likely each is. */
export function scoresIn({ facts: { heads } }: Model, margins: ArrayLike<number>, unit: "statement" | "post", from: number, to: number): Float64Array {
  const scores = new Float64Array(to - from);
  for (let at = from; at < to; at++) scores[at - from] = scoreOf(heads[at]![unit], margins, at, from);
  return scores;
}

/** What a margin at its place counts, in a kind whose margins begin at `from`. */
export function scoreOf({ slope, offset, others }: Calibration, margins: ArrayLike<number>, at: number, from: number): number {
  let score = slope * margins[at]! + offset;
  if (others) for (let k = 0; k < others.length; k++) score += others[k]! * margins[from + k]!;
  return score;
}

/** Adds what a community's corrections say. */
export function addLocal(local: LocalWeights, { indices, values }: FeatureVector, scores: Float64Array | number[]): void {
  for (let at = 0; at < indices.length; at++) {
    const row = local.get(indices[at]!);
    if (row) for (let k = 0; k < row.length; k++) scores[k]! += row[k]! * values[at]!;
  }
}

/** What is less likely than this is not claimed by leaning to it: it would be a guess. */
const LEAST_TO_LEAN = 0.2;

/** What a likelihood counts where one is claimed. */
export function leaning(likelihood: number, lean = 1): number {
  return likelihood < LEAST_TO_LEAN ? likelihood : likelihood * lean;
}

/** Turns scores into how likely each is, in place. */
export function softmax(scores: Float64Array | number[]): void {
  let most = -Infinity;
  for (let k = 0; k < scores.length; k++) most = Math.max(most, scores[k]!);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = Math.exp(scores[k]! - most);
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
}
