import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { SaxesParser } from "saxes";

/** One `<row … />` of a dump. `line` is where it begins, counted from 1. */
export type Row = { line: number; values: Record<string, string> };
export type BadRow = { line: number; rowId: string | null; why: string };

/** Longer than any real row; what is longer is no row and would fill the memory. */
const MAX_ROW = 2_000_000;

/**
 * Reads a file of a Stack Exchange dump row by row, whatever its size. Each row is parsed by itself, so that one that is
 * malformed is named and the next is read. Entities beyond XML's own five are not resolved.
 */
export async function* readRows(file: string, progress: (bytes: number) => void = () => {}): AsyncGenerator<Row | BadRow> {
  const stream = createReadStream(file);
  stream.on("data", (chunk) => progress(chunk.length));
  let open = "";
  let openedAt = 0;
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line++;
    const begins = /^\s*<row\b/.test(text);
    if (open && (begins || /^\s*<\/\w+>\s*$/.test(text) || open.length > MAX_ROW)) {
      yield { line: openedAt, rowId: idIn(open), why: "the row does not end" };
      open = "";
    }
    if (!open && !begins) continue;
    if (!open) openedAt = line;
    open += open ? `\n${text}` : text;
    if (!/\/>\s*$/.test(open)) continue;
    yield parseRow(open, openedAt);
    open = "";
  }
  if (open) yield { line: openedAt, rowId: idIn(open), why: "the file ends within the row" };
}

export function isBad(row: Row | BadRow): row is BadRow {
  return "why" in row;
}

function parseRow(text: string, line: number): Row | BadRow {
  const parser = new SaxesParser();
  const values: Row["values"] = Object.create(null) as Row["values"];
  let failure: string | undefined;
  parser.on("error", (error) => (failure ??= error.message));
  parser.on("opentag", ({ attributes }) => Object.assign(values, attributes));
  parser.write(text.trim()).close();
  return failure ? { line, rowId: idIn(text), why: `not well-formed (${failure.replace(/^\d+:\d+: /, "")})` } : { line, values };
}

function idIn(text: string): string | null {
  return /\bId="(-?\d{1,15})"/.exec(text)?.[1] ?? null;
}
