import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { shared } from "#app/core/shared.ts";
import { readModel, type Model, type ModelFacts } from "./mining/model.ts";

const FOLDER = path.join(process.cwd(), "app/insights/models");

/** The trained model that this installation mines with, read once; null when none is shipped. */
export function activeModel(): Model | null {
  return shared("insights.model", () => ({ model: newestIn(FOLDER) })).model;
}

/** For tests and measurements: mines with this one from now on. */
export function useModel(model: Model | null): void {
  shared("insights.model", () => ({ model })).model = model;
}

function newestIn(folder: string): Model | null {
  const named = safeList(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => {
      const facts = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Partial<ModelFacts>;
      return facts.version && Array.isArray(facts.heads) ? [{ name: file.slice(0, -".json".length), at: facts.trainedAt ?? "" }] : [];
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return named[0] ? readModel(named[0].name, folder) : null;
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
