import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const EXAMPLES = 5;
const NAMED_ROWS = 1000;

export type Report = ReturnType<typeof startReport>;

/** What an import did, row by row where something was wrong: for a person to read, and kept as a file. */
export function startReport(source: string, folder: string) {
  const startedAt = new Date();
  const read: Record<string, number> = {};
  const added: Record<string, number> = {};
  const dropped = new Map<string, { what: string; why: string; count: number; examples: string[] }>();
  const skipped: { file: string; line: number; rowId: string | null; why: string }[] = [];
  let skippedCount = 0;

  return {
    /** Rows of a file that were well-formed. */
    read(file: string, count: number) {
      read[file] = (read[file] ?? 0) + count;
    },
    /** Rows of ours that were written. */
    add(what: string, count: number) {
      added[what] = (added[what] ?? 0) + count;
    },
    /** Something whole that has no place here, with the reason. */
    drop(what: string, why: string, example?: string, count = 1) {
      const key = `${what}\n${why}`;
      const entry = dropped.get(key) ?? { what, why, count: 0, examples: [] };
      dropped.set(key, entry);
      entry.count += count;
      if (example && entry.examples.length < EXAMPLES) entry.examples.push(example);
    },
    /** A row that could not be read or used. All are counted, the first thousand are named. */
    skip(file: string, line: number, rowId: string | null, why: string) {
      skippedCount++;
      if (skipped.length < NAMED_ROWS) skipped.push({ file, line, rowId, why });
    },
    result() {
      return {
        source, folder, startedAt, seconds: Number(((Date.now() - startedAt.getTime()) / 1000).toFixed(1)),
        peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
        read, added, dropped: [...dropped.values()].sort((a, b) => b.count - a.count), skippedCount, skipped,
      };
    },
  };
}

export type ImportResult = ReturnType<Report["result"]>;

/** Keeps the result in the data folder and answers where. */
export function keepReport(result: ImportResult, dataDir: string, slug: string): string {
  const folder = path.join(dataDir, "imports");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${slug}-${result.startedAt.toISOString().replace(/[:.]/g, "-")}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

/** The result as lines for a terminal. */
export function reportLines(result: ImportResult): string[] {
  const named = result.skipped.slice(0, 20).map(({ file, line, rowId, why }) => `  ${file}, line ${line}${rowId ? `, row ${rowId}` : ""}: ${why}`);
  return [
    `Read ${Object.entries(result.read).map(([file, count]) => `${count} rows of ${file}`).join(", ")}.`,
    `Added in ${result.seconds} s, with at most ${result.peakMegabytes} MB of memory:`,
    ...Object.entries(result.added).map(([what, count]) => `  ${String(count).padStart(8)} ${what}`),
    ...(Object.keys(result.added).length === 0 ? ["  nothing: all of it is here already"] : []),
    ...(result.dropped.length > 0 ? ["Left out:"] : []),
    ...result.dropped.map(({ what, why, count }) => `  ${String(count).padStart(8)} × ${what}: ${why}`),
    ...(result.skippedCount > 0 ? [`Skipped ${result.skippedCount} ${result.skippedCount === 1 ? "row" : "rows"}:`, ...named] : []),
    ...(result.skippedCount > 20 ? [`  … and ${result.skippedCount - 20} more, in the report.`] : []),
  ];
}
