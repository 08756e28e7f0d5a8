import { intents, sentiments, type Intent, type Sentiment } from "../mining/kinds.ts";
import { countFeatures, countPostFeatures, FEATURE_BITS, weigh, type Counted, type FeatureVector } from "../mining/features.ts";
import { indexOfMost, type Unit } from "../mining/classify.ts";
import { pooled } from "../mining/second-reading.ts";
import { byteOfRarity, leaning, rarityOfByte, scoreOf, softmax, type Calibration, type HeadFacts, type Model, type ModelFacts } from "../mining/model.ts";
import { RARE_STATEMENTS } from "./read-examples.ts";
import { autoThresholds, SURE_OF_STATEMENT, type Judged } from "./auto-thresholds.ts";
import { fitScaling, withOthers } from "./calibration.ts";
import { withLeans } from "./leans.ts";
import { BIAS_ROW, scoresOf, trainSoftmax } from "./softmax-regression.ts";
import { trainSecondReading } from "./train-second-reading.ts";

/** Something labelled. A label that is absent was not given: the example then teaches the other heads only. */
export type Example = {
  /** A `title` stands for itself; a `statement` stands under the title of its topic; a `post` has an own one, perhaps empty. */
  kind: "statement" | "title" | "post";
  title: string;
  text: string;
  /** Of a statement: whether it stands in a reply, or in what opens its topic; absent where that is not known. */
  isReply?: boolean;
  intent?: Intent;
  sentiment?: Sentiment;
  /** Which examples belong together, such as those of one topic: they are never split between learning and testing. */
  group: string;
  source: string;
  /** How much it counts; 1 when absent. */
  weight?: number;
  /** Of a statement that was drawn: how many of those that are said it stands for. */
  standsFor?: number;
  /** What the encoder makes of it. */
  embedding?: Float32Array;
};

const BUCKETS = 1 << FEATURE_BITS;
export const FOLDS = 5;
const ALL_FOLDS = Array.from({ length: FOLDS }, (_, fold) => fold);

/** What is learnt together: kinds that exclude each other. Strengths were picked by cross-validation by topic and by source. */
type Task = { names: readonly string[]; labelOf: (example: Example) => string | undefined; l2: number; rounds: number; rate: number; doubt?: number; byRatio?: boolean; orders?: number };

const INTENT_STRENGTH = { l2: 0.03, rounds: 4, rate: 1, doubt: 0.1 };
export const SENTIMENT_STRENGTH = { l2: 0.1, rounds: 5, rate: 1, byRatio: true };

/** What is shipped is the mean of so many orders of learning: with one alone a place nobody learnt from is told by 0.02 better or worse by chance. */
const ORDERS = 4;

const TASKS: Task[] = [
  { names: intents, labelOf: ({ intent }) => intent, ...INTENT_STRENGTH },
  { names: sentiments, labelOf: ({ sentiment }) => sentiment, ...SENTIMENT_STRENGTH },
];

/** Which folds are held out in turn to calibrate: all, unless less must do. Written posts of products and of sites stand in the third and the fourth. */
export type TrainModelOptions = { calibratedOn?: number[] };

/** Learns intents and sentiments, and from held-out folds how far their margins can be trusted and from where on they may act alone. */
export function trainModel(given: Example[], facts: Omit<ModelFacts, "heads">, { calibratedOn = ALL_FOLDS }: TrainModelOptions = {}): Model {
  const examples = [...given, ...titlesAlone(given)];
  const counts = examples.map(countsOf);
  const rarity = rarityOf(counts);
  const vectors = counts.map((one) => weigh(one, rarity));
  const count = TASKS.reduce((sum, { names }) => sum + names.length, 0);
  const weights = new Int8Array(BUCKETS * count);
  const heads: HeadFacts[] = [];
  let scores: Record<string, number> = {};
  let measured: ModelFacts["measured"];
  let second: ReturnType<typeof secondOf>;
  for (const task of TASKS) {
    const classes = task.names.length;
    const held = heldOutMargins(examples, vectors, task, calibratedOn);
    const scalings = { statement: scalingOf(held, task, "statement"), post: scalingOf(held, task, "post") };
    if (task.names === intents) {
      const judged = { statement: judgedBy(held, task, scalings.statement, "statement"), post: judgedBy(held, task, scalings.post, "post") };
      scores = { ...autoThresholds(judged.statement, "auto.", SURE_OF_STATEMENT), ...autoThresholds(judged.post, "auto.post.") };
      measured = { statement: matrixOf(judged.statement), post: matrixOf(judged.post) };
      second = secondOf(examples, held, task, scalings, calibratedOn);
    }
    const exact = fit(examples, vectors, { ...task, orders: ORDERS }, () => true);
    task.names.forEach((name, k) => {
      const scale = scaleOf(exact, classes, k);
      for (let bucket = 0; bucket < BUCKETS; bucket++) weights[bucket * count + heads.length] = Math.round(exact[bucket * classes + k]! / scale);
      heads.push({ name, scale, bias: exact[BIAS_ROW * classes + k]!, statement: scalings.statement[k]!, post: scalings.post[k]! });
    });
  }
  return {
    facts: { ...facts, heads, scores: { ...scores, ...second?.scores, ...facts.scores }, measured, ...(second && { measuredTwice: second.measured, second: second.facts }) },
    rarity, weights, ...(second && { second: { ...second.facts, ...second.numbers } }),
  };
}

/** What a second reading adds, where the examples come with what the encoder makes of them. */
function secondOf(examples: Example[], held: HeldOut[], task: Task, first: Record<Unit, Calibration[]>, folds: number[]) {
  const trained = trainSecondReading(examples, folds);
  if (!trained) return undefined;
  const { heldOut, share, encoder, numbers } = trained;
  const both = held.flatMap(({ example, margins, label }): HeldOut[] => {
    const second = heldOut.get(example);
    const unit = example.kind === "post" ? "post" : "statement";
    return second ? [{ example, margins: pooled(likelihoodsOf(margins, first[unit]), second, share[unit]), label }] : [];
  });
  const scalings = { statement: scalingOf(both, task, "statement"), post: scalingOf(both, task, "post") };
  const judged = { statement: judgedBy(both, task, scalings.statement, "statement"), post: judgedBy(both, task, scalings.post, "post") };
  return {
    facts: { encoder, share, ...scalings },
    numbers,
    scores: { ...autoThresholds(judged.statement, "auto.second.", SURE_OF_STATEMENT), ...autoThresholds(judged.post, "auto.second.post.") },
    measured: { statement: matrixOf(judged.statement), post: matrixOf(judged.post) },
  };
}

/** What a title says must be learnt from the title: beside a long body it would only be half of the reason. */
function titlesAlone(examples: Example[]): Example[] {
  return examples.filter(({ kind, title, text }) => kind === "post" && title !== "" && text !== "").map((example) => ({ ...example, text: "", sentiment: undefined, weight: (example.weight ?? 1) / 2 }));
}

export function countsOf({ kind, title, text, isReply }: Example): Counted {
  return kind === "post" ? countPostFeatures(title, text) : countFeatures(text, kind === "title" ? { isTitle: true } : { title, isReply });
}

/** Smoothed inverse document frequency; buckets seen once say nothing. As it will be read back from its byte. */
export function rarityOf(counts: Counted[]): Float32Array {
  const documents = new Int32Array(BUCKETS);
  const last = new Int32Array(BUCKETS);
  counts.forEach((one, at) => {
    for (const { buckets } of one) {
      for (let i = 0; i < buckets.length; i++) {
        if (last[buckets[i]!] === at + 1) continue;
        last[buckets[i]!] = at + 1;
        documents[buckets[i]!]!++;
      }
    }
  });
  return Float32Array.from(documents, (seen) => (seen < 2 ? 0 : rarityOfByte(byteOfRarity(Math.log((1 + counts.length) / (1 + seen)) + 1))));
}

function fit(examples: Example[], vectors: FeatureVector[], { names, labelOf, ...strength }: Task, isLearnt: (example: Example) => boolean): Float32Array {
  const part = examples.flatMap((example, at) => (labelOf(example) !== undefined && isLearnt(example) ? [at] : []));
  if (part.length === 0) return new Float32Array((BIAS_ROW + 1) * names.length);
  const labels = part.map((at) => names.indexOf(labelOf(examples[at]!)!));
  return trainSoftmax(part.map((at) => vectors[at]!), labels, { classes: names.length, ...strength, weights: part.map((at) => examples[at]!.weight ?? 1) });
}

type HeldOut = { example: Example; margins: Float64Array; label: number };

/** What is made of examples that were not learnt from. */
function heldOutMargins(examples: Example[], vectors: FeatureVector[], task: Task, folds: number[]): HeldOut[] {
  const found: HeldOut[] = [];
  const classes = task.names.length;
  for (const fold of folds) {
    const w = fit(examples, vectors, task, ({ group }) => foldOf(group) !== fold);
    examples.forEach((example, at) => {
      const label = task.labelOf(example);
      if (label === undefined || foldOf(example.group) !== fold) return;
      const margins = new Float64Array(classes);
      scoresOf(w, classes, vectors[at]!, margins);
      found.push({ example, margins, label: task.names.indexOf(label) });
    });
  }
  return found;
}

function scalingOf(held: HeldOut[], { names }: Task, unit: Unit): Calibration[] {
  const part = held.filter(({ example }) => isCalibrating(example, unit));
  const margins = part.map((one) => one.margins);
  const labels = part.map(({ label }) => label);
  const scaling = fitScaling(margins, labels, names.length);
  if (unit === "post" || names !== intents) return scaling;
  // Single statements are mostly nothing in particular; posts, from which most is learnt, were written in equal shares.
  const mixed = withOthers(scaling, margins, labels);
  return withLeans(mixed, margins.map((margin) => likelihoodsOf(margin, mixed)), labels);
}

/** How the claims would have turned out: each fold's with a scaling that was fitted to the others. */
function judgedBy(held: HeldOut[], task: Task, scaling: Calibration[], unit: Unit): (Judged & { truth: Intent })[] {
  const part = held.filter(({ example }) => isCalibrating(example, unit));
  const folds = [...new Set(part.map(({ example }) => foldOf(example.group)))];
  return folds.flatMap((fold) => {
    const others = part.filter(({ example }) => foldOf(example.group) !== fold);
    const fitted = others.length > 0 ? scalingOf(others, task, unit) : scaling;
    return part.filter(({ example }) => foldOf(example.group) === fold).map(({ example, margins, label }) => {
      const likelihoods = likelihoodsOf(margins, fitted);
      const best = indexOfMost(likelihoods.map((likelihood, k) => leaning(likelihood, fitted[k]!.lean)));
      return { intent: intents[best]!, truth: intents[label]!, confidence: likelihoods[best]!, isRight: best === label, standsFor: example.standsFor };
    });
  });
}

/** How often each intent was claimed, row by row, of what was truly each, column by column. */
function matrixOf(judged: { intent: Intent; truth: Intent }[]): number[][] {
  const matrix = intents.map(() => intents.map(() => 0));
  for (const { intent, truth } of judged) matrix[intents.indexOf(intent)]![intents.indexOf(truth)]!++;
  return matrix;
}

function likelihoodsOf(margins: Float64Array, scaling: Calibration[]): Float64Array {
  const scores = Float64Array.from(scaling, (one, k) => scoreOf(one, margins, k, 0));
  softmax(scores);
  return scores;
}

/**
 * Sentences of other places, and those written to be learnt from, have other shares of each kind; only what communities say
 * tells how often one is right there. The rare kinds are not said there at all: a third of those written count, so that each is one in a hundred.
 */
function isCalibrating({ kind, source, text }: Example, unit: Unit): boolean {
  if (unit === "post") return kind === "post" && text !== "";
  return kind !== "post" && source !== "senti4sd" && !source.startsWith("statements") && (!source.startsWith(RARE_STATEMENTS) || foldOf(text, 3) === 0);
}

/** The same fold for the same group, whatever else there is. */
export function foldOf(group: string, folds = FOLDS): number {
  let hash = 7;
  for (let at = 0; at < group.length; at++) hash = Math.imul(hash ^ group.charCodeAt(at), 0x01000193) >>> 0;
  return (hash >>> 8) % folds;
}

function scaleOf(w: Float32Array, classes: number, k: number): number {
  let most = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) most = Math.max(most, Math.abs(w[bucket * classes + k]!));
  return most / 127 || 1;
}
