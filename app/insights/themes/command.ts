import { createInterface } from "node:readline";
import { openThemes } from "./engine.ts";
import { readTable } from "./table.ts";

// `npm run -s insights:themes`: reads JSON lines `{"text"}` in order of arrival and writes one line `{"theme"}` for each,
// at once, with the theme as it is known then. A line that cannot be read is named on stderr and answered `{"theme":null}`.

const LONGEST_LINE = 1_000_000;

const engine = openThemes({ table: readTable() });
let waiting: string[] = [];
let lineNumber = 0;

process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
process.stdin.on("error", (error) => {
  console.error(`The input ended early: ${error.message}`);
  process.exitCode = 1;
});

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  lineNumber++;
  waiting.push(JSON.stringify({ theme: themeOf(line) }));
  if (waiting.length === 1) setImmediate(flush);
  // A reader slower than this command holds it back, so that memory stays the same for any length of input.
  if (waiting.length >= 1000 && !flush()) await new Promise((done) => process.stdout.once("drain", done));
}
flush();

function flush(): boolean {
  if (waiting.length === 0) return true;
  const lines = waiting;
  waiting = [];
  return process.stdout.write(`${lines.join("\n")}\n`);
}

function themeOf(line: string): number | null {
  const problem = (what: string) => {
    console.error(`Line ${lineNumber}: ${what}`);
    return null;
  };
  if (line.length > LONGEST_LINE) return problem(`longer than ${LONGEST_LINE.toLocaleString("en")} characters.`);
  let value: unknown;
  try {
    value = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return problem("not JSON.");
  }
  const text = typeof value === "object" && value !== null && "text" in value ? value.text : undefined;
  if (typeof text !== "string") return problem('no "text" that is a string.');
  const title = typeof value === "object" && value !== null && "title" in value && typeof value.title === "string" ? value.title : "";
  return engine.place({ text, title, at: lineNumber }).theme;
}
