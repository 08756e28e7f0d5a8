import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PAIR_BUCKETS, tableOf, type TableFacts, type ThemeTable } from "../themes/table.ts";
import type { LearntTable } from "./learn-table.ts";

/** Each row as whole numbers from -127 to 127 and one scale. */
export function quantised({ words, dimensions, vectors, pairs }: LearntTable): { scales: Float32Array; values: Int8Array } {
  const rows = words.length + PAIR_BUCKETS;
  const scales = new Float32Array(rows);
  const values = new Int8Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const source = row < words.length ? vectors : pairs;
    const from = (row < words.length ? row : row - words.length) * dimensions;
    let most = 0;
    for (let d = 0; d < dimensions; d++) most = Math.max(most, Math.abs(source[from + d]!));
    if (most === 0) continue;
    scales[row] = most / 127;
    for (let d = 0; d < dimensions; d++) values[row * dimensions + d] = Math.round((source[from + d]! / most) * 127);
  }
  return { scales, values };
}

/** The table as it would be read again. */
export function tableOfLearnt(learnt: LearntTable, facts: TableFacts): ThemeTable {
  const { scales, values } = quantised(learnt);
  return tableOf(facts, learnt.words, scales, values);
}

/** Writes the three files that `readTable` reads. */
export function writeTable(learnt: LearntTable, facts: TableFacts, name = "themes", folder = path.join(process.cwd(), "app/insights/models")): void {
  mkdirSync(folder, { recursive: true });
  const { scales, values } = quantised(learnt);
  const bytes = Buffer.alloc(scales.length * 4 + values.length);
  for (let row = 0; row < scales.length; row++) bytes.writeFloatLE(scales[row]!, row * 4);
  Buffer.from(values.buffer).copy(bytes, scales.length * 4);
  writeFileSync(path.join(folder, `${name}.bin`), bytes);
  writeFileSync(path.join(folder, `${name}.words`), learnt.words.join("\n"));
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(facts, null, 2)}\n`);
}
