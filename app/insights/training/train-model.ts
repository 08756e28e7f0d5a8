import { intents, sentiments, type Intent, type Sentiment } from "../mining/kinds.ts";
import { countFeatures, FEATURE_BITS, weigh, type FeatureContext, type FeatureVector } from "../mining/features.ts";
import { byteOfRarity, rarityOfByte, type HeadFacts, type Model, type ModelFacts } from "../mining/model.ts";
import { fitPlatt } from "./calibration.ts";
import { dot, trainLogistic } from "./logistic-regression.ts";

/** A labelled statement. A label that is absent was not given: the example then teaches the other heads only. */
export type Example = {
  text: string;
  context: FeatureContext;
  intent?: Intent;
  sentiment?: Sentiment;
  /** Which examples belong together, such as those of one topic: they are never split between learning and testing. */
  group: string;
  /** How much it counts; 1 when absent. */
  weight?: number;
};

const DIMENSIONS = 1 << FEATURE_BITS;
/** Picked by cross-validation on the gold set among 0.5, 1, 2, 4, 8. */
const COST = 4;
const FOLDS = 5;

/** Learns one head for each intent and each sentiment, and from held-out folds how far their margins can be trusted. */
export function trainModel(examples: Example[], facts: Pick<ModelFacts, "version" | "trainedOn" | "trainedAt">): Model {
  const counts = examples.map(({ text, context }) => countFeatures(text, context));
  const rarity = rarityOf(counts);
  const vectors = counts.map((one) => weigh(one, rarity));
  const heads: HeadFacts[] = [];
  const weights: Int8Array[] = [];
  const questions = [
    ...intents.map((name) => ({ name, has: ({ intent }: Example) => intent !== undefined, isYes: ({ intent }: Example) => intent === name })),
    ...sentiments.map((name) => ({ name, has: ({ sentiment }: Example) => sentiment !== undefined, isYes: ({ sentiment }: Example) => sentiment === name })),
  ];
  for (const { name, has, isYes } of questions) {
    const asked = examples.flatMap((example, at) => (has(example) ? [at] : []));
    const part = (at: number[]) => ({ vectors: at.map((i) => vectors[i]!), yes: at.map((i) => isYes(examples[i]!)), weights: Float32Array.from(at, (i) => examples[i]!.weight ?? 1) });
    const all = part(asked);
    const { slope, offset } = calibrate(asked, examples, vectors, isYes);
    const exact = trainLogistic(all.vectors, (at) => all.yes[at]!, { cost: COST, weights: all.weights });
    const { bytes, scale } = quantise(exact);
    heads.push({ name, scale, bias: exact[DIMENSIONS]!, slope, offset });
    weights.push(bytes);
  }
  return { facts: { ...facts, heads, scores: {} }, rarity, weights };
}

/** Smoothed inverse document frequency; buckets seen once say nothing. As it will be read back from its byte. */
function rarityOf(counts: Map<number, number>[]): Float32Array {
  const documents = new Int32Array(DIMENSIONS);
  for (const one of counts) for (const bucket of one.keys()) documents[bucket]!++;
  return Float32Array.from(documents, (seen) => (seen < 2 ? 0 : rarityOfByte(byteOfRarity(Math.log((1 + counts.length) / (1 + seen)) + 1))));
}

/** Margins of examples that the head did not learn from, turned into how likely they are right. */
function calibrate(asked: number[], examples: Example[], vectors: FeatureVector[], isYes: (example: Example) => boolean) {
  const margins: number[] = [];
  const truths: boolean[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeldOut = (at: number) => foldOf(examples[at]!.group) === fold;
    const learn = asked.filter((at) => !isHeldOut(at));
    if (!learn.some((at) => isYes(examples[at]!))) continue;
    const w = trainLogistic(learn.map((at) => vectors[at]!), (i) => isYes(examples[learn[i]!]!), {
      cost: COST,
      weights: Float32Array.from(learn, (at) => examples[at]!.weight ?? 1),
    });
    for (const at of asked.filter(isHeldOut)) {
      margins.push(dot(w, vectors[at]!));
      truths.push(isYes(examples[at]!));
    }
  }
  return fitPlatt(margins, truths);
}

/** The same fold for the same group, whatever else there is. */
export function foldOf(group: string, folds = FOLDS): number {
  let hash = 7;
  for (let at = 0; at < group.length; at++) hash = Math.imul(hash ^ group.charCodeAt(at), 0x01000193) >>> 0;
  return (hash >>> 8) % folds;
}

function quantise(w: Float64Array): { bytes: Int8Array; scale: number } {
  let most = 0;
  for (let at = 0; at < DIMENSIONS; at++) most = Math.max(most, Math.abs(w[at]!));
  const scale = most / 127 || 1;
  return { bytes: Int8Array.from({ length: DIMENSIONS }, (_, at) => Math.round(w[at]! / scale)), scale };
}
