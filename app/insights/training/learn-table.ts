import { themeWords } from "../themes/words.ts";
import { hashOfPair, PAIR_BUCKETS } from "../themes/table.ts";
import type { Labelled } from "./labelled-sets.ts";
import { randomFrom, shuffle } from "./random.ts";

/** Vectors of common words, the commonest first: learnt by others from what words stand beside each other. */
export type WordVectors = { words: string[]; dimensions: number; vectors: Float32Array };

export type LearnOptions = {
  dimensions: number;
  rounds: number;
  /** What cosines are multiplied by before softmax. */
  sharpness: number;
  rate: number;
  /** The share of words left out of an example each time; of pairs twice that. */
  drop: number;
  /** How much nearer than the others its own intent must be. */
  margin: number;
  /** How fast words and pairs get parts of their own, against the matrix that turns all: fast fits these intents, slow carries over to others. */
  ownPace: number;
};

/** What is learnt: a vector for each word, already times how telling the word is, and one for each bucket of word pairs. */
export type LearntTable = { words: string[]; dimensions: number; vectors: Float32Array; pairs: Float32Array };

const SEED = 20_261_122;
/** How telling a word is at the start: the rarer the more (Arora, Liang, Ma: "A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017). */
const COMMONNESS = 1e-3;

/**
 * Learns word vectors in whose sum requests of one intent point one way and those of different intents apart. A word's
 * vector is its given vector through one learnt matrix, which also turns the words no example has, plus an own part if
 * examples have it. The loss is softmax over cosines with one learnt direction for each intent of the example's own set
 * (as in Wang et al., "NormFace", ACM MM 2017, with the margin of CosFace, CVPR 2018). Same data, same seed, same table.
 */
export function learnTable(sets: Labelled[][], given: WordVectors, { dimensions: D, rounds, sharpness, rate, drop, margin, ownPace }: LearnOptions, say: (line: string) => void = () => {}): LearntTable {
  const G = given.dimensions;
  const random = randomFrom(SEED);
  const words = [...given.words];
  const idOf = new Map(words.map((word, at) => [word, at]));
  const texts: { ids: Int32Array; pairs: Int32Array; label: number; from: number; to: number }[] = [];
  let labels = 0;
  for (const set of sets) {
    const names = [...new Set(set.map(({ label }) => label))].sort();
    const labelOf = new Map(names.map((name, at) => [name, labels + at]));
    const seen = new Map<string, number>();
    for (const { text } of set) for (const word of new Set(themeWords(text))) seen.set(word, (seen.get(word) ?? 0) + 1);
    for (const [word, count] of seen) if (count > 1 && !idOf.has(word)) idOf.set(word, words.push(word) - 1);
    for (const { text, label } of set) {
      const all = themeWords(text);
      texts.push({
        ids: Int32Array.from(all.flatMap((word) => idOf.get(word) ?? [])),
        pairs: Int32Array.from(all.slice(1).map((word, at) => hashOfPair(all[at]!, word))),
        label: labelOf.get(label)!, from: labels, to: labels + names.length,
      });
    }
    labels += names.length;
  }
  const V = words.length;

  const gv = new Float32Array(V * G);
  gv.set(given.vectors.subarray(0, given.words.length * G));
  centre(gv, given.words.length, G);
  const tell = new Float32Array(V);
  for (let w = 0; w < V; w++) tell[w] = w < given.words.length ? Math.log(COMMONNESS / (COMMONNESS + 1 / ((w + 2.7) * 13.3))) : 0;
  const turn = new Float32Array(G * D);
  for (let g = 0; g < G; g++) for (let d = 0; d < D; d++) turn[g * D + d] = (g === d ? 1 : 0) + (d >= G ? (random() - 0.5) * 0.2 : 0);
  const own = new Float32Array(V * D);
  const pair = new Float32Array(PAIR_BUCKETS * D);
  const goal = new Float32Array(labels * D);
  const aOwn = new Float32Array(V).fill(1e-3), aTell = new Float32Array(V).fill(1e-1), aPair = new Float32Array(PAIR_BUCKETS).fill(1e-3), aTurn = new Float32Array(G).fill(1e-2), aGoal = new Float32Array(labels).fill(1e-3);

  const h = new Float32Array(G), z = new Float32Array(D), dz = new Float32Array(D), du = new Float32Array(D), dh = new Float32Array(G);
  const p = new Float32Array(labels);
  let norm = 1;
  const kept: number[] = [];
  const keptPairs: number[] = [];

  function forward(ids: ArrayLike<number>, pairs: ArrayLike<number>): void {
    h.fill(0);
    z.fill(0);
    for (let i = 0; i < ids.length; i++) {
      const w = ids[i]!, a = Math.exp(tell[w]!), b = w * G, o = w * D;
      addTimes(a, gv, b, h, 0, G);
      addTimes(a, own, o, z, 0, D);
    }
    for (let i = 0; i < pairs.length; i++) addTimes(1, pair, pairs[i]! * D, z, 0, D);
    for (let g = 0; g < G; g++) addTimes(h[g]!, turn, g * D, z, 0, D);
    norm = toLengthOne(z, 0, D);
  }

  // Every intent's direction begins as the middle of its examples.
  for (const { ids, pairs, label } of texts) {
    forward(ids, pairs);
    addTimes(1, z, 0, goal, label * D, D);
  }
  for (let c = 0; c < labels; c++) toLengthOne(goal, c * D, D);

  const order = Int32Array.from(texts, (_, at) => at);
  const steps = rounds * texts.length;
  let step = 0;
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    let loss = 0;
    let right = 0;
    for (const at of order) {
      const pace = rate * Math.max(0.02, 1 - step++ / steps);
      const { ids, pairs, label, from, to } = texts[at]!;
      kept.length = keptPairs.length = 0;
      for (const id of ids) if (random() >= drop) kept.push(id);
      for (const id of pairs) if (random() >= drop * 2) keptPairs.push(id);
      if (kept.length === 0) continue;
      forward(kept, keptPairs);
      let most = -Infinity;
      let best = from;
      for (let c = from; c < to; c++) {
        const dot = product(z, 0, goal, c * D, D);
        p[c] = sharpness * (c === label ? dot - margin : dot);
        if (p[c]! > most) { most = p[c]!; best = c; }
      }
      let sum = 0;
      for (let c = from; c < to; c++) sum += p[c] = Math.exp(p[c]! - most);
      loss -= Math.log(p[label]! / sum + 1e-12);
      if (best === label) right++;
      dz.fill(0);
      for (let c = from; c < to; c++) {
        const slope = sharpness * (p[c]! / sum - (c === label ? 1 : 0));
        if (Math.abs(slope) < 0.02) continue;
        const o = c * D;
        addTimes(slope, goal, o, dz, 0, D);
        aGoal[c]! += (slope * slope) / D;
        addTimes((-pace * slope) / Math.sqrt(aGoal[c]!), z, 0, goal, o, D);
        toLengthOne(goal, o, D);
      }
      // Through the length: only what turns the vector counts.
      const along = product(dz, 0, z, 0, D);
      let size = 0;
      for (let d = 0; d < D; d++) { du[d] = (dz[d]! - along * z[d]!) / norm; size += du[d]! * du[d]!; }
      size /= D;
      for (let g = 0; g < G; g++) dh[g] = product(du, 0, turn, g * D, D);
      for (const w of kept) {
        const a = Math.exp(tell[w]!), b = w * G, o = w * D;
        const slope = a * (product(dh, 0, gv, b, G) + product(du, 0, own, o, D));
        aTell[w]! += slope * slope;
        tell[w]! -= (0.5 * pace * slope) / Math.sqrt(aTell[w]!);
        aOwn[w]! += a * a * size;
        addTimes((-ownPace * pace * a) / Math.sqrt(aOwn[w]!), du, 0, own, o, D);
      }
      for (const q of keptPairs) {
        aPair[q]! += size;
        addTimes((-ownPace * pace) / Math.sqrt(aPair[q]!), du, 0, pair, q * D, D);
      }
      for (let g = 0; g < G; g++) {
        const x = h[g]!;
        aTurn[g]! += x * x * size;
        addTimes((-pace * x) / Math.sqrt(aTurn[g]!), du, 0, turn, g * D, D);
      }
    }
    say(`round ${round + 1}: loss ${(loss / texts.length).toFixed(3)}, right ${((100 * right) / texts.length).toFixed(1)} %`);
  }

  const vectors = new Float32Array(V * D);
  for (let w = 0; w < V; w++) {
    const a = Math.exp(tell[w]!);
    for (let g = 0; g < G; g++) addTimes(a * gv[w * G + g]!, turn, g * D, vectors, w * D, D);
    addTimes(a, own, w * D, vectors, w * D, D);
  }
  return { words, dimensions: D, vectors, pairs: pair };
}

/** Takes away what all words share, and brings them to length one on average. */
function centre(vectors: Float32Array, count: number, size: number): void {
  const mean = new Float64Array(size);
  for (let w = 0; w < count; w++) for (let d = 0; d < size; d++) mean[d]! += vectors[w * size + d]! / count;
  let squares = 0;
  for (let w = 0; w < count; w++)
    for (let d = 0; d < size; d++) {
      const value = (vectors[w * size + d]! -= mean[d]!);
      squares += value * value;
    }
  const scale = 1 / Math.sqrt(squares / count);
  for (let at = 0; at < count * size; at++) vectors[at]! *= scale;
}

function product(a: Float32Array, from: number, b: Float32Array, at: number, size: number): number {
  let sum = 0;
  for (let d = 0; d < size; d++) sum += a[from + d]! * b[at + d]!;
  return sum;
}

function addTimes(times: number, source: Float32Array, from: number, target: Float32Array, at: number, size: number): void {
  for (let d = 0; d < size; d++) target[at + d]! += times * source[from + d]!;
}

/** Gives back how long it was. */
function toLengthOne(vectors: Float32Array, from: number, size: number): number {
  const length = Math.sqrt(product(vectors, from, vectors, from, size) + 1e-12);
  for (let d = from; d < from + size; d++) vectors[d]! /= length;
  return length;
}
