import { countFeatures, countPostFeatures, postBlocks, statementBlocks, weigh, type Counted, type FeatureContext } from "./features.ts";
import { intents, sentiments, type Band, type Intent, type Sentiment, type Urgency } from "./kinds.ts";
import { marginsIn } from "./margins.ts";
import { addLocal, leaning, marginsOf, scoreOf, softmax, UNSEEN_RARITY, type Model } from "./model.ts";
import { localVector, scoresAfter } from "./second-reading.ts";
import { isUnderstood } from "./understood.ts";
import { urgencyOf } from "./urgency.ts";

export type Classified = {
  intent: Intent;
  /** How likely the intent is right, from 0 to 1: of a hundred statements at 0.8, some eighty are. */
  confidence: number;
  sentiment: Sentiment;
  urgency: Urgency;
  band: Band;
  /** How likely each intent is, for sums over several statements. */
  likelihoods: number[];
};

/** A stretch of a text, or all that somebody posted. */
export type Unit = "statement" | "post";

/** From here on the machine was right nine times in ten on what it had not seen: measured when trained, see the model's facts. */
const FALLBACK_AUTO = 0.85;
/** Below this, no intent is more than a guess. */
const GUESS = 0.3;

const AUTO = { statement: intents.map((intent) => `auto.${intent}`), post: intents.map((intent) => `auto.post.${intent}`) };
const AUTO_TWICE = { statement: intents.map((intent) => `auto.second.${intent}`), post: intents.map((intent) => `auto.second.post.${intent}`) };

/** What a statement is. Pure: the same model and text give the same answer for ever. With its embedding it is read twice. */
export function classify(model: Model, text: string, context: FeatureContext = {}, embedding?: Float32Array): Classified {
  const margins = marginsIn(model, (sink) => statementBlocks(text, context, sink));
  return judged(model, margins, model.local && countFeatures(text, context), text, "statement", embedding);
}

/** What a whole post is for: the title its author gave it, and its own words without quotations and code. */
export function classifyPost(model: Model, title: string, text: string, embedding?: Float32Array): Classified {
  const margins = marginsIn(model, (sink) => postBlocks(title, text, sink));
  return judged(model, margins, model.local && countPostFeatures(title, text), `${title}\n${text}`, "post", embedding);
}

function judged(model: Model, margins: Float64Array, counted: Counted | undefined, text: string, unit: Unit, embedding?: Float32Array): Classified {
  const isTwice = isReadTwice(model, embedding);
  const likelihoods = likelihoodsOf(model, counted, margins, unit, embedding);
  const best = claimOf(model, likelihoods, unit, isTwice);
  const intent = intents[best]!;
  const confidence = likelihoods[best]!;
  const sentiment = sentiments[sentimentOf(model, margins, unit)]!;
  const auto = model.facts.scores[(isTwice ? AUTO_TWICE : AUTO)[unit][best]!] ?? FALLBACK_AUTO;
  const band = !isUnderstood(text) ? "not_understood" : confidence >= auto ? "auto" : likelihoods[indexOfMost(likelihoods)]! < GUESS ? "ignore" : "review";
  return { intent, confidence, sentiment, urgency: urgencyOf(text, intent), band, likelihoods };
}

/** Whether a text of which this is known is read twice by that model. */
export function isReadTwice({ second }: Model, embedding: Float32Array | undefined): boolean {
  return second !== undefined && embedding !== undefined;
}

/** How likely each intent is. */
export function intentLikelihoods(model: Model, counted: Counted, unit: Unit, embedding?: Float32Array): number[] {
  return likelihoodsOf(model, counted, marginsOf(model, weigh(counted, model.rarity)), unit, embedding);
}

// Plain arrays, which cost nothing to make: a typed one of this size is asked from the system each time.
function likelihoodsOf(model: Model, counted: Counted | undefined, margins: Float64Array, unit: Unit, embedding?: Float32Array): number[] {
  const { heads } = model.facts;
  let scores: number[] = [];
  for (let at = 0; at < intents.length; at++) scores.push(scoreOf(heads[at]![unit], margins, at, 0));
  if (embedding && model.second) {
    softmax(scores);
    scores = scoresAfter(model.second, scores, embedding, unit);
    if (model.local) addLocal(model.local, localVector(model.second, embedding), scores);
  }
  if (model.local && counted) addLocal(model.local, weigh(counted, model.rarity, UNSEEN_RARITY), scores);
  softmax(scores);
  return scores;
}

/** Which sentiment is the likeliest. */
function sentimentOf({ facts: { heads } }: Model, margins: Float64Array, unit: Unit): number {
  let [best, most] = [0, -Infinity];
  for (let at = 0; at < sentiments.length; at++) {
    const { slope, offset } = heads[intents.length + at]![unit];
    const score = slope * margins[intents.length + at]! + offset;
    if (score > most) [best, most] = [at, score];
  }
  return best;
}

/** Which intent is claimed: the likeliest, with a lean to those that are rare and matter. */
export function claimOf({ facts: { heads }, second }: Model, likelihoods: ArrayLike<number>, unit: Unit, isTwice = false): number {
  let [best, most] = [0, -Infinity];
  for (let at = 0; at < likelihoods.length; at++) {
    const counts = leaning(likelihoods[at]!, (isTwice ? second![unit][at] : heads[at]![unit])!.lean);
    if (counts > most) [best, most] = [at, counts];
  }
  return best;
}

export function indexOfMost(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}
