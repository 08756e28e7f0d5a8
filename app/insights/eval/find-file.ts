import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** The file of a data set's folder, or of its sub-folder `test` or `train`, whose name fits; undefined when there is none. */
export function findFile(folder: string, part: "train" | "test", ending: RegExp): string | undefined {
  const inFolder = filesOf(folder).find((file) => file.toLowerCase().includes(part) && ending.test(file));
  if (inFolder) return path.join(folder, inFolder);
  const inside = path.join(folder, part);
  const found = filesOf(inside).find((file) => ending.test(file));
  return found && path.join(inside, found);
}

function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name).sort() : [];
}
