import { useModel } from "#app/insights/active-model.ts";
import type { Intent } from "#app/insights/mining/kinds.ts";
import { shared } from "#app/core/shared.ts";
import { trainModel } from "#app/insights/training/train-model.ts";

const sentences: Partial<Record<Intent, string[]>> = {
  bug: ["crashes when I open", "is broken since", "fails with an error at", "stopped working after"],
  feature: ["please add an export for", "it would be great to have", "I wish there was", "we need support for"],
  praise: ["I love", "thank you for the wonderful", "great work on", "brilliant, I am so happy with"],
  question: ["how do I change", "where can I find", "does anyone know", "what is the setting for"],
  other: ["we went to see", "yesterday I looked at", "my neighbour also owns", "here is a picture of"],
};
const things = ["the gateway", "the invoice page", "my charger", "the calendar", "the report", "the battery", "the login", "the mobile app"];

/** Mines with a small model of five intents that knows a handful of phrases for each, learned in a moment. */
export function useSmallModel(): void {
  const model = shared("tests.model", () => {
    const examples = Object.entries(sentences).flatMap(([intent, phrases]) =>
      phrases!.flatMap((phrase) => things.map((thing, at) => ({ kind: "statement" as const, title: "", source: "small", text: `${phrase} ${thing}`, intent: intent as Intent, sentiment: intent === "praise" ? ("pos" as const) : intent === "bug" ? ("neg" as const) : ("neu" as const), group: `${at}` }))),
    );
    const trained = trainModel(examples, { version: "small-1", trainedOn: [], trainedAt: "2026-01-01", scores: {} });
    for (const intent of Object.keys(sentences)) trained.facts.scores[`auto.${intent}`] = 0.5;
    return trained;
  });
  useModel(model);
}
