import { existsSync } from "node:fs";
import path from "node:path";
import { shared } from "#app/core/shared.ts";
import { readModel, type Model } from "./mining/model.ts";

const NAME = "intents";

/** The trained model that this installation mines with, read once; null when none is shipped. */
export function activeModel(): Model | null {
  return shared("insights.model", () => ({ model: existsSync(path.join(process.cwd(), "app/insights/models", `${NAME}.json`)) ? readModel(NAME) : null })).model;
}

/** For tests and measurements: mines with this one from now on. */
export function useModel(model: Model | null): void {
  shared("insights.model", () => ({ model })).model = model;
}
