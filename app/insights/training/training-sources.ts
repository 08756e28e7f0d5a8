import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { goldExamples, readSenti4sd, sourceNameOf, taggedExamples, writtenExamples } from "./read-examples.ts";
import type { Example } from "./train-model.ts";

export type Sources = { examples: Example[]; trainedOn: { name: string; examples: number; licence: string }[] };

/** All that the shipped weights may learn from: openly licensed sets, and our own labels and posts. What is not there is left out and not named. */
export function trainingSources(dataFolder: string, stackExchangeFolders: string[] = []): Sources {
  const bicycles = path.join(dataFolder, "stackexchange-bicycles-meta");
  const gold = goldExamples(bicycles);
  const senti = path.join(dataFolder, "senti4sd");
  const sentiFile = existsSync(senti) ? readdirSync(senti).find((file) => /^train.*\.csv$/i.test(file)) : undefined;
  const parts = [
    { name: "written posts (app/insights/gold/written)", licence: "Apache-2.0", examples: writtenExamples() },
    { name: "demo statements (app/insights/gold)", licence: "Apache-2.0", examples: gold.filter(({ source }) => source === "demo") },
    { name: "bicycles.meta statements, Stack Exchange data dump", licence: "CC BY-SA", examples: gold.filter(({ source }) => source !== "demo") },
    { name: "bicycles.meta topics with their tags, Stack Exchange data dump", licence: "CC BY-SA", examples: taggedExamples(bicycles) },
    ...stackExchangeFolders.map((folder) => ({ name: `${sourceNameOf(folder)} topics with their tags, Stack Exchange data dump`, licence: "CC BY-SA", examples: taggedExamples(folder) })),
    { name: "Senti4SD, training part", licence: "MIT", examples: sentiFile ? readSenti4sd(path.join(senti, sentiFile)) : [] },
  ].filter(({ examples }) => examples.length > 0);
  return { examples: parts.flatMap(({ examples }) => examples), trainedOn: parts.map(({ name, licence, examples }) => ({ name, examples: examples.length, licence })) };
}
