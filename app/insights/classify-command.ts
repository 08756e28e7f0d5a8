// npm run -s insights:classify < posts.jsonl
// Reads {"title","text"} a line and writes {"intent","confidence","sentiment","urgency","band"} a line, as they come.
// With `-- --once` each is read once, without the encoder: thousands a second instead of some dozens, and less well.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { answerLines } from "./answer-lines.ts";
import { classifyLine, classifyLineTwice } from "./classify-line.ts";
import { embed, hasEncoder } from "./encoder/encoder.ts";
import { readModel } from "./mining/model.ts";

const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
const model = readModel("intents");
const isTwice = !values.once && model.second !== undefined && hasEncoder();
const threads = availableParallelism();

await answerLines((line) => {
  if (line === null) return JSON.stringify({ error: "This line is too long." });
  if (line.trim() === "") return null;
  return isTwice ? classifyLineTwice(model, line, (text) => embed(text, { threads })) : classifyLine(model, line);
});
