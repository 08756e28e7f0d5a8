import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { shared } from "#app/core/shared.ts";
import type { Executor } from "#db/client.ts";
import { readLearnedVersion, readLearnedWeights } from "./learning/learned-layer.ts";
import { readModel, type Model, type ModelFacts } from "./mining/model.ts";

const NAME = "intents";
const MODELS = path.join(process.cwd(), "app/insights/models");

/** `model` is undefined until somebody asks for it: unpacking its weights takes a moment. */
const held = shared("insights.model", () => ({ model: undefined as Model | null | undefined, version: undefined as string | null | undefined }));

/** The trained model that is shipped, read once; null when there is none. */
export function shippedModel(): Model | null {
  if (held.model === undefined) held.model = existsSync(path.join(MODELS, `${NAME}.json`)) ? readModel(NAME) : null;
  return held.model;
}

/** Which one that is, without reading its weights. */
function shippedVersion(): string | null {
  if (held.model !== undefined) return held.model?.facts.version ?? null;
  if (held.version === undefined) {
    const file = path.join(MODELS, `${NAME}.json`);
    held.version = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ModelFacts).version : null;
  }
  return held.version;
}

/**
 * What this installation mines with: the shipped model and what the corrections of its own people added, under a version
 * that names both. Read anew for each transaction, so that every process mines with the same.
 */
export async function activeModel(on: Executor): Promise<Model | null> {
  const shipped = shippedModel();
  const learned = shipped && (await readLearnedWeights(on, shipped.facts.version));
  return learned ? { ...shipped, facts: { ...shipped.facts, version: versionOf(shipped.facts.version, learned.version) }, local: learned.weights } : shipped;
}

/** The version of the same, for those who only ask whether anything is left to read. */
export async function activeVersion(on: Executor): Promise<string | null> {
  const shipped = shippedVersion();
  const learned = shipped === null ? null : await readLearnedVersion(on, shipped);
  return shipped !== null && learned !== null ? versionOf(shipped, learned) : shipped;
}

function versionOf(shipped: string, learned: string): string {
  return `${shipped}+${learned}`;
}

/** For tests and measurements: mines with this one from now on. */
export function useModel(model: Model | null): void {
  held.model = model;
}
