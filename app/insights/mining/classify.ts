import { countFeatures, countPostFeatures, weigh, type FeatureContext, type FeatureVector } from "./features.ts";
import { intents, sentiments, type Band, type Intent, type Sentiment, type Urgency } from "./kinds.ts";
import { likelihoodsOf, marginsOf, type Model } from "./model.ts";
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

/** From here on the machine was right nine times in ten on what it had not seen: measured when trained, see the model's facts. */
const FALLBACK_AUTO = 0.85;
/** Below this, no intent is more than a guess. */
const GUESS = 0.3;

/** What a statement is. Pure: the same model and text give the same answer for ever. */
export function classify(model: Model, text: string, context: FeatureContext = {}): Classified {
  return judged(model, weigh(countFeatures(text, context), model.rarity), text, "statement");
}

/** What a whole post is for: the title its author gave it, and its own words without quotations and code. */
export function classifyPost(model: Model, title: string, text: string): Classified {
  return judged(model, weigh(countPostFeatures(title, text), model.rarity), `${title}\n${text}`, "post");
}

function judged(model: Model, vector: FeatureVector, text: string, unit: "statement" | "post"): Classified {
  const margins = marginsOf(model, vector);
  const likelihoods = likelihoodsOf(model, margins, unit, 0, intents.length);
  const best = indexOfMost(likelihoods);
  const intent = intents[best]!;
  const confidence = likelihoods[best]!;
  const sentiment = sentiments[indexOfMost(likelihoodsOf(model, margins, unit, intents.length, intents.length + sentiments.length))]!;
  const auto = model.facts.scores[unit === "post" ? `auto.post.${intent}` : `auto.${intent}`] ?? FALLBACK_AUTO;
  const band = !isUnderstood(text) ? "not_understood" : confidence >= auto ? "auto" : confidence < GUESS ? "ignore" : "review";
  return { intent, confidence, sentiment, urgency: urgencyOf(text, intent), band, likelihoods };
}

export function indexOfMost(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}
