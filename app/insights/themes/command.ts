import { answerLines } from "../answer-lines.ts";
import { openThemes } from "./engine.ts";
import { readTable } from "./table.ts";

// `npm run -s insights:themes`: reads JSON lines `{"text"}` in order of arrival and writes one line `{"theme"}` for each,
// at once, with the theme as it is known then. A line that cannot be read is named on stderr and answered `{"theme":null}`.

const LONGEST_LINE = 1_000_000;

const engine = openThemes({ table: readTable() });
let lineNumber = 0;

await answerLines((line) => {
  lineNumber++;
  return JSON.stringify({ theme: themeOf(line) });
}, { longest: LONGEST_LINE });

function themeOf(line: string | null): number | null {
  const problem = (what: string) => {
    console.error(`Line ${lineNumber}: ${what}`);
    return null;
  };
  if (line === null) return problem(`longer than ${LONGEST_LINE.toLocaleString("en")} characters.`);
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
