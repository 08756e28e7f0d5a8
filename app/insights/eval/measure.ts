/** How well guesses met the truth: the mean over classes of the harmonic mean of precision and recall. */
export function f1Of(guesses: readonly string[], truths: readonly string[], classes: readonly string[]): { macro: number; accuracy: number; perClass: Record<string, number> } {
  const perClass: Record<string, number> = {};
  for (const name of classes) {
    let [hit, said, were] = [0, 0, 0];
    guesses.forEach((guess, at) => {
      if (guess === name) said++;
      if (truths[at] === name) were++;
      if (guess === name && truths[at] === name) hit++;
    });
    perClass[name] = said + were === 0 ? 0 : (2 * hit) / (said + were);
  }
  const right = guesses.filter((guess, at) => guess === truths[at]).length;
  return { macro: mean(Object.values(perClass)), accuracy: truths.length === 0 ? 0 : right / truths.length, perClass };
}

export function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rows of comma-separated values; quoted fields may hold commas, quotes and line ends. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  const [head = [], ...body] = rows;
  return body.map((fields) => Object.fromEntries(head.map((name, at) => [name, fields[at] ?? ""])));
}
