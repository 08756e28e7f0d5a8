import type { Example } from "../training/train-model.ts";
import { withEmbeddings } from "../training/embed-examples.ts";
import { RARE_STATEMENTS } from "../training/read-examples.ts";
import { trainingSources } from "../training/training-sources.ts";
import { trainModel } from "../training/train-model.ts";
import { intents } from "../mining/kinds.ts";
import { forIntent, NO_FACTS, tellOf } from "./intents.ts";
import { f1Of } from "./measure.ts";

/**
 * Single statements about leaving, buying, other products and gaps in the docs, beside others in the same words: each half
 * of their files told by what learnt from everything but that half, read once and read twice.
 */
export async function rareStatementFigures(dataFolder: string): Promise<Record<string, number>> {
  const examples = await withEmbeddings(forIntent(trainingSources(dataFolder).examples));
  const groups = [...new Set(examples.filter(isRare).map(({ group }) => group))].sort();
  const told = [0, 1].flatMap((half) => {
    const asked = examples.filter((one) => isRare(one) && groups.indexOf(one.group) % 2 === half);
    const model = trainModel(examples.filter((one) => !asked.includes(one)), NO_FACTS);
    return asked.map((example) => ({ truth: example.intent!, once: tellOf(model, { ...example, embedding: undefined }).intent, twice: tellOf(model, example).intent }));
  });
  if (told.length === 0) return {};
  const figures = (["once", "twice"] as const).map((reading) => {
    const { macro, accuracy, perClass } = f1Of(told.map((one) => one[reading]), told.map(({ truth }) => truth), intents);
    return [[`rare.statements.${reading}.macroF1`, macro], [`rare.statements.${reading}.accuracy`, accuracy], ...intents.map((name) => [`rare.statements.${reading}.f1.${name}`, perClass[name]!])] as [string, number][];
  });
  return Object.fromEntries([...figures.flat(), ["rare.statements.statements", told.length]]);
}

function isRare({ source }: Example): boolean {
  return source.startsWith(RARE_STATEMENTS);
}
