import { existsSync } from "node:fs";
import path from "node:path";
import { shared } from "#app/core/shared.ts";
import type { Executor } from "#db/client.ts";
import { readLearnedWeights } from "./learning/learned-layer.ts";
import { readModel, type Model } from "./mining/model.ts";

const NAME = "intents";

/** The trained model that is shipped, read once; null when there is none. */
export function shippedModel(): Model | null {
  return shared("insights.model", () => ({ model: existsSync(path.join(process.cwd(), "app/insights/models", `${NAME}.json`)) ? readModel(NAME) : null })).model;
}

/**
 * What this installation mines with: the shipped model and what the corrections of its own people added, under a version
 * that names both. Read anew for each transaction, so that every process mines with the same.
 */
export async function activeModel(on: Executor): Promise<Model | null> {
  const shipped = shippedModel();
  const learned = shipped && (await readLearnedWeights(on, shipped.facts.version));
  return learned ? { ...shipped, facts: { ...shipped.facts, version: `${shipped.facts.version}+${learned.version}` }, local: learned.weights } : shipped;
}

/** For tests and measurements: mines with this one from now on. */
export function useModel(model: Model | null): void {
  shared("insights.model", () => ({ model })).model = model;
}
