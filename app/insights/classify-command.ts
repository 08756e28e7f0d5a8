// npm run -s insights:classify < posts.jsonl
// Reads {"title","text"} a line and writes {"intent","confidence","sentiment","urgency","band"} a line, as they come.
import { once } from "node:events";
import { classifyLine } from "./classify-line.ts";
import { lineSplitter } from "./line-splitter.ts";
import { readModel } from "./mining/model.ts";

const model = readModel("intents");
const split = lineSplitter();

process.stdout.on("error", () => process.exit(0));
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin as AsyncIterable<string>) await answer(split.push(chunk));
await answer(split.end());

async function answer(lines: (string | null)[]): Promise<void> {
  let answers = "";
  for (const line of lines) {
    if (line === null) answers += `${JSON.stringify({ error: "This line is too long." })}\n`;
    else if (line.trim() !== "") answers += `${classifyLine(model, line)}\n`;
  }
  if (answers !== "" && !process.stdout.write(answers)) await once(process.stdout, "drain");
}
