// npm run -s insights:classify < posts.jsonl
// Reads {"title","text"} a line and writes {"intent","confidence","sentiment","urgency","band"} a line, as they come.
import { answerLines } from "./answer-lines.ts";
import { classifyLine } from "./classify-line.ts";
import { readModel } from "./mining/model.ts";

const model = readModel("intents");

await answerLines((line) => {
  if (line === null) return JSON.stringify({ error: "This line is too long." });
  return line.trim() === "" ? null : classifyLine(model, line);
});
