import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { FEATURE_BITS, type FeatureVector, type TakeBlock } from "./features.ts";

const BUCKETS = 1 << FEATURE_BITS;

/** What a trained file says of itself. */
export type ModelFacts = {
  /** Names this training for ever: stored with all that it decides. */
  version: string;
  trainedOn: { name: string; examples: number; licence: string }[];
  trainedAt: string;
  heads: HeadFacts[];
  scores: Record<string, number>;
};

/** One intent or sentiment: how its margin competes with the others' of its kind, in a statement and in a whole post. */
export type HeadFacts = { name: string; scale: number; bias: number; statement: Calibration; post: Calibration };

/** The softmax over all `slope * margin + offset` of a kind is how likely each is. */
export type Calibration = { slope: number; offset: number };

/** `weights` holds, bucket by bucket, one weight for each head: all that a bucket says lies side by side. */
export type Model = { facts: ModelFacts; rarity: Float32Array; weights: Int8Array; local?: LocalWeights };

/** What one community's corrections add to the shipped weights of the intents: bucket by bucket. */
export type LocalWeights = Map<number, Float32Array>;

/** What a local vector counts for a bucket that the shipped model never saw. */
export const UNSEEN_RARITY = 8;

/**
 * Reads a model: `<name>.json` says what it is, `<name>.bin` holds, brotli-packed, each bucket's rarity as one byte and
 * then each head's weights as one byte a bucket.
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
  return { facts, rarity: Float32Array.from(bytes.subarray(0, BUCKETS), rarityOfByte), weights };
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

/** The same as `marginsOf`, without making a vector of the text: what mining does millions of times. */
export function marginsIn(model: Model, fill: (take: TakeBlock) => void): Float64Array {
  const { heads } = model.facts;
  const { records, shift } = recordsOf(model);
  const count = heads.length;
  const sums = new Float64Array(count);
  const block = new Float64Array(count);
  let mass = 0;
  fill((weight, buckets, size, counts) => {
    block.fill(0);
    let squares = 0;
    for (let at = 0; at < size; at++) {
      const bucket = buckets[at]!;
      const from = bucket << shift;
      const rare = records[from]! & 255;
      if (rare === 0) continue;
      const times = counts[bucket]!;
      const value = times === 1 ? rarityOfByte(rare) : (1 + Math.log(times)) * rarityOfByte(rare);
      squares += value * value;
      for (let head = 0; head < count; head++) block[head]! += records[from + 1 + head]! * value;
    }
    if (squares === 0) return;
    mass += weight * weight;
    const scale = weight / Math.sqrt(squares);
    for (let head = 0; head < count; head++) sums[head]! += block[head]! * scale;
  });
  const scale = mass > 0 ? 1 / Math.sqrt(mass) : 0;
  for (let head = 0; head < count; head++) sums[head] = sums[head]! * scale * heads[head]!.scale + heads[head]!.bias;
  return sums;
}

type Records = { records: Int8Array; shift: number };
const made = new WeakMap<Int8Array, Records>();

/** A bucket's rarity and weights in one place of memory: waiting for memory is most of what mining does. */
function recordsOf({ facts: { heads }, rarity, weights }: Model): Records {
  const known = made.get(weights);
  if (known) return known;
  const shift = Math.ceil(Math.log2(heads.length + 1));
  const records = new Int8Array(BUCKETS << shift);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    records[bucket << shift] = byteOfRarity(rarity[bucket]!);
    records.set(weights.subarray(bucket * heads.length, (bucket + 1) * heads.length), (bucket << shift) + 1);
  }
  made.set(weights, { records, shift });
  return { records, shift };
}

/** The heads from `from` to `to` as scores whose softmax is how likely each is. */
export function scoresIn({ facts: { heads } }: Model, margins: ArrayLike<number>, unit: "statement" | "post", from: number, to: number): Float64Array {
  return Float64Array.from(heads.slice(from, to), (head, at) => head[unit].slope * margins[from + at]! + head[unit].offset);
}

/** Adds what a community's corrections say. */
export function addLocal(local: LocalWeights, { indices, values }: FeatureVector, scores: Float64Array): void {
  for (let at = 0; at < indices.length; at++) {
    const row = local.get(indices[at]!);
    if (row) for (let k = 0; k < row.length; k++) scores[k]! += row[k]! * values[at]!;
  }
}

/** Turns scores into how likely each is, in place. */
export function softmax(scores: Float64Array): void {
  let most = -Infinity;
  for (let k = 0; k < scores.length; k++) most = Math.max(most, scores[k]!);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = Math.exp(scores[k]! - most);
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
}
