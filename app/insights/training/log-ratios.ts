/** Counted as if every class had seen every bucket once and missed it once. */
const BEFOREHAND = 1;

/**
 * How plainly each row of features tells a class from the others, by counting alone: the size of the logarithm of how
 * much oftener it stands in examples of the class than in others (naive Bayes as a scale: Wang and Manning, ACL 2012).
 * Row by row, one for each class.
 */
export function logRatios(rows: Int32Array[], labels: ArrayLike<number>, size: number, { classes, weights }: { classes: number; weights?: ArrayLike<number> }): Float32Array {
  const seen = new Float64Array(size * classes);
  const examples = new Float64Array(classes);
  rows.forEach((row, at) => {
    const [label, weight] = [labels[at]!, weights?.[at] ?? 1];
    examples[label]! += weight;
    for (let i = 0; i < row.length; i++) seen[row[i]! * classes + label]! += weight;
  });
  const all = sumOf(examples, 0, classes);
  const ratios = new Float32Array(size * classes);
  for (let from = 0; from < seen.length; from += classes) {
    const anywhere = sumOf(seen, from, classes);
    for (let k = 0; k < classes; k++) {
      const here = share(seen[from + k]!, examples[k]!);
      const elsewhere = share(anywhere - seen[from + k]!, all - examples[k]!);
      ratios[from + k] = Math.abs(Math.log(here / elsewhere));
    }
  }
  return ratios;
}

function share(seen: number, of: number): number {
  return (seen + BEFOREHAND) / (of + 2 * BEFOREHAND);
}

function sumOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += values[at]!;
  return sum;
}
