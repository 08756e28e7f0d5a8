import path from "node:path";
import { sentiments } from "../mining/kinds.ts";
import { readSenti4sd } from "../training/read-examples.ts";
import { FOLDS, foldOf, SENTIMENT_STRENGTH, type Example } from "../training/train-model.ts";
import { findFile } from "./find-file.ts";
import { fitTask } from "./fit-task.ts";
import { f1Of } from "./measure.ts";

/** Sentiment learnt on the training part of Senti4SD alone: tested on its test part where it is there, else on five folds. */
export function sentimentFigures(dataFolder: string): Record<string, number> {
  const folder = path.join(dataFolder, "senti4sd");
  const trainFile = findFile(folder, "train", /\.csv$/i);
  if (!trainFile) return {};
  const train = readSenti4sd(trainFile);
  const testFile = findFile(folder, "test", /\.csv$/i);
  const parts = testFile
    ? [[train, readSenti4sd(testFile)] as const]
    : Array.from({ length: FOLDS }, (_, fold) => [train.filter(({ group }) => foldOf(group) !== fold), train.filter(({ group }) => foldOf(group) === fold)] as const);
  const told = parts.flatMap(([learnt, asked]) => fitTask(learnt, sentiments, sentimentOf, SENTIMENT_STRENGTH)(asked).map(({ name }, at) => [name, asked[at]!.sentiment!] as const));
  const { macro, perClass } = f1Of(told.map(([guess]) => guess), told.map(([, truth]) => truth), sentiments);
  return { "senti4sd.macroF1": macro, "senti4sd.f1.negative": perClass.neg!, "senti4sd.f1.neutral": perClass.neu!, "senti4sd.f1.positive": perClass.pos! };
}

function sentimentOf({ sentiment }: Example): string | undefined {
  return sentiment;
}
