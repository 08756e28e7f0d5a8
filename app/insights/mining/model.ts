import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { FEATURE_BITS, type FeatureVector } from "./features.ts";

const DIMENSIONS = 1 << FEATURE_BITS;

/** What a trained file says of itself. */
export type ModelFacts = {
  /** Names this training for ever: stored with all that it decides. */
  version: string;
  trainedOn: { name: string; examples: number; licence: string }[];
  trainedAt: string;
  heads: HeadFacts[];
  scores: Record<string, number>;
};

/** One yes-or-no question that the model answers. `slope` and `offset` turn its margin into a probability (Platt 1999). */
export type HeadFacts = { name: string; scale: number; bias: number; slope: number; offset: number };

export type Model = { facts: ModelFacts; rarity: Float32Array; weights: Int8Array[] };

/**
 * Reads a model: `<name>.json` says what it is, `<name>.bin` holds, brotli-packed, each bucket's rarity as one byte and
 * then each head's weights as one byte a bucket.
 */
export function readModel(name: string, folder = path.join(process.cwd(), "app/insights/models")): Model {
  const facts = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8")) as ModelFacts;
  const bytes = brotliDecompressSync(readFileSync(path.join(folder, `${name}.bin`)));
  if (bytes.length !== DIMENSIONS * (1 + facts.heads.length)) throw new Error(`The model ${name} does not have the size that ${name}.json says.`);
  const rarity = Float32Array.from(bytes.subarray(0, DIMENSIONS), rarityOfByte);
  const weights = facts.heads.map((_, at) => new Int8Array(bytes.buffer, bytes.byteOffset + DIMENSIONS * (at + 1), DIMENSIONS));
  return { facts, rarity, weights };
}

/** Rarity is kept in sixteenths, from 0 (never seen) to just under 16. */
export function rarityOfByte(byte: number): number {
  return byte / 16;
}

export function byteOfRarity(rarity: number): number {
  return Math.max(0, Math.min(255, Math.round(rarity * 16)));
}

/** How likely each head says yes, in the order of the heads. */
export function answersOf({ facts, weights }: Model, { indices, values }: FeatureVector): number[] {
  return facts.heads.map(({ scale, bias, slope, offset }, at) => {
    const head = weights[at]!;
    let sum = 0;
    for (let i = 0; i < indices.length; i++) sum += head[indices[i]!]! * values[i]!;
    return sigmoid(slope * (sum * scale + bias) + offset);
  });
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
