// npm run insights:train -- --data <folder> [--stackexchange <folder>…] [--date 2026-03-01] [--out <folder>]
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { bytesOf, bytesOfSecond, type Model } from "../mining/model.ts";
import { withEmbeddings } from "./embed-examples.ts";
import { trainingSources } from "./training-sources.ts";
import { trainModel } from "./train-model.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    stackexchange: { type: "string", multiple: true, default: [] },
    date: { type: "string", default: "2026-03-01" },
    out: { type: "string", default: "app/insights/models" },
  },
});
if (!values.data) {
  process.stderr.write("Say where the data lies: npm run insights:train -- --data <folder>\n");
  process.exit(2);
}

const { examples, trainedOn } = trainingSources(values.data, values.stackexchange);
for (const { name, examples: count, licence } of trainedOn) process.stdout.write(`${name}: ${count} examples (${licence})\n`);
const trained = trainModel(await withEmbeddings(examples), { version: "", trainedOn, trainedAt: values.date, scores: {} });
// Other weights or thresholds, another name, even on the same day.
const print = createHash("sha256").update(bytesOf(trained)).update(trained.second ? bytesOfSecond(trained.second) : "").update(JSON.stringify([trained.facts.heads, trained.facts.scores, trained.facts.second])).digest("hex").slice(0, 8);
writeModel("intents", { ...trained, facts: { ...trained.facts, version: `intents-${values.date}-${print}` } }, values.out);

function writeModel(name: string, model: Model, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const bytes = brotliCompressSync(bytesOf(model), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  writeFileSync(path.join(folder, `${name}.bin`), bytes);
  if (model.second) writeFileSync(path.join(folder, `${name}.second.bin`), bytesOfSecond(model.second));
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(model.facts, null, 2)}\n`);
  process.stdout.write(`${path.join(folder, name)}.bin: ${(bytes.length / 1024).toFixed(0)} kB\n`);
}
