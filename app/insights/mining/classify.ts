import { countFeatures, weigh, type FeatureContext } from "./features.ts";
import { intents, sentiments, type Band, type Intent, type Sentiment, type Urgency } from "./kinds.ts";
import { answersOf, type Model } from "./model.ts";
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
  const vector = weigh(countFeatures(text, context), model.rarity);
  const answers = answersOf(model, vector);
  const likelihoods = normalised(answers.slice(0, intents.length));
  const best = indexOfMost(likelihoods);
  const intent = intents[best]!;
  const confidence = likelihoods[best]!;
  const sentiment = sentiments[indexOfMost(answers.slice(intents.length, intents.length + sentiments.length))]!;
  const auto = model.facts.scores[`auto.${intent}`] ?? FALLBACK_AUTO;
  const band = !isUnderstood(text) ? "not_understood" : confidence >= auto ? "auto" : confidence < GUESS ? "ignore" : "review";
  return { intent, confidence, sentiment, urgency: urgencyOf(text, intent), band, likelihoods };
}

export function indexOfMost(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

function normalised(values: number[]): number[] {
  const sum = values.reduce((all, value) => all + value, 0) || 1;
  return values.map((value) => value / sum);
}
