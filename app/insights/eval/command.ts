// npm run insights:eval -- --data <folder> [--stackexchange <folder>…] [--only gold,nlbse,…] [--json]
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { readModel } from "../mining/model.ts";
import { blindFigures } from "./blind.ts";
import { correctionFigures } from "./corrections.ts";
import { bandInFolds, goldFigures, stackExchangeFigures, transferFigures } from "./intents.ts";
import { rareStatementFigures } from "./rare-statements.ts";
import { nlbseFigures } from "./nlbse.ts";
import { PUBLISHED } from "./published.ts";
import { sentimentFigures } from "./sentiment.ts";
import { themeFigures } from "./themes.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    stackexchange: { type: "string", multiple: true, default: [] },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const data = values.data ?? "";
const only = values.only?.split(",");
if (!values.data && values.stackexchange.length === 0) {
  process.stderr.write("Say what to measure: npm run insights:eval -- --data <folder>, or --stackexchange <folder>, or both.\n");
  process.exit(2);
}
for (const folder of [...(values.data ? [values.data] : []), ...values.stackexchange]) {
  if (existsSync(folder)) continue;
  process.stderr.write(`There is no folder ${folder}.\n`);
  process.exit(2);
}

/** Only when they are asked for: several models learn for each. */
const SLOW = new Set(["band", "rare"]);
const figures: Record<string, number> = {};
const groups: Record<string, () => Record<string, number> | Promise<Record<string, number>>> = {
  blind: () => blindFigures(readModel("intents")),
  gold: () => goldFigures(data),
  band: () => bandInFolds(data),
  rare: () => rareStatementFigures(data),
  transfer: () => transferFigures(data),
  nlbse: () => nlbseFigures(data),
  sentiment: () => sentimentFigures(data),
  corrections: () => correctionFigures(data),
  themes: () => themeFigures(data),
};

for (const folder of values.stackexchange) {
  const { figures: found, isUnseen } = await stackExchangeFigures(values.data ?? path.dirname(folder), folder, readModel("intents"));
  if (Object.keys(found).length === 0) say(`${folder}: no topic bears exactly one of the tags bug, feature-request and support.`);
  else say(isUnseen ? `${folder}: not learnt from, so the shipped weights are asked.` : `${folder}: the shipped weights learnt from this dump, so its topics are asked in folds that were not learnt from.`);
  // With several dumps each has its own name.
  add(values.stackexchange.length === 1 ? found : Object.fromEntries(Object.entries(found).map(([key, figure]) => [key.replace(/^stackexchange/, `stackexchange.${path.basename(folder)}`), figure])));
}
for (const [name, measure] of Object.entries(groups)) {
  if (!values.data || !(only ? only.includes(name) : !SLOW.has(name))) continue;
  const found = await measure();
  if (Object.keys(found).length === 0) say(`${name}: nothing to measure it with in ${data}.`);
  add(found);
}
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);

function add(found: Record<string, number>): void {
  for (const [key, figure] of Object.entries(found)) {
    figures[key] = Math.round(figure * 10_000) / 10_000;
    const { others = "", goal = "" } = PUBLISHED[key] ?? {};
    say([key.padEnd(34), String(figures[key]).padEnd(9), others && `others: ${others}`, goal && `goal: ${goal}`].filter(Boolean).join("  "));
  }
}

function say(line: string): void {
  if (!values.json) process.stdout.write(`${line}\n`);
}
