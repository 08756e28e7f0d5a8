import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** A request whose intent people named. */
export type Labelled = { text: string; label: string };

export const labelledSets = ["clinc150", "banking77"] as const;
export type LabelledSet = (typeof labelledSets)[number];

/** The part of a published data set that may be learned from. */
export function readTrainPart(folder: string, set: LabelledSet): Labelled[] {
  if (set === "banking77") return readBanking(path.join(folder, "banking77/train.csv"));
  return readClinc(clincFile(folder, "train")!, ["train", "val"]);
}

/** The part kept apart for testing, when the folder has one. Requests outside every intent are left out: they are no theme. */
export function readTestPart(folder: string, set: LabelledSet): Labelled[] | undefined {
  if (set === "banking77") {
    const file = ["banking77/test.csv", "banking77/test/test.csv", "test/banking77/test.csv", "test/banking77.csv"].map((one) => path.join(folder, one)).find(existsSync);
    return file ? readBanking(file) : undefined;
  }
  const file = clincFile(folder, "test");
  return file ? readClinc(file, ["test"]) : undefined;
}

function clincFile(folder: string, part: "train" | "test"): string | undefined {
  const names = ["data_train_val.json", "data_full.json", "data_test.json", "test.json", "test/data_test.json", "test/test.json", "test/data_full.json", "../test/clinc150/data_test.json", "../test/clinc150/test.json", "../test/clinc150.json"];
  return names.map((name) => path.join(folder, "clinc150", name)).find((file) => existsSync(file) && part in (JSON.parse(readFileSync(file, "utf8")) as object));
}

function readClinc(file: string, parts: string[]): Labelled[] {
  const data = JSON.parse(readFileSync(file, "utf8")) as Record<string, [string, string][]>;
  return parts.flatMap((part) => (data[part] ?? []).map(([text, label]) => ({ text, label }))).filter(({ label }) => label !== "oos");
}

function readBanking(file: string): Labelled[] {
  const [header, ...rows] = csvRows(readFileSync(file, "utf8"));
  const text = Math.max(0, header!.indexOf("text"));
  const label = Math.max(1, header!.findIndex((name) => name === "category" || name === "label"));
  return rows.filter((row) => row.length > 1).map((row) => ({ text: row[text]!.trim(), label: row[label]! }));
}

/** Rows of comma-separated values, with quotes as RFC 4180 has them. */
export function csvRows(source: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of source.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (quoted === undefined && bare === "" && end === "" && row.length === 0) break;
    row.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}
