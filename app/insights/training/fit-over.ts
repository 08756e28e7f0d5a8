import type { FeatureVector } from "../mining/features.ts";
import { softmax } from "../mining/model.ts";
import { inner, minimise, NONE } from "./minimise.ts";

export type FitOptions = {
  classes: number;
  /** How much what the examples say counts beside keeping the weights small. */
  strength: number;
  /** The scores that each example has already, to which the weights add. */
  base: (at: number) => ArrayLike<number>;
  /** How much each example counts. */
  weights: ArrayLike<number>;
};

/**
 * The weights, place by place, that minimise `strength` times the logarithmic loss of the examples' labels, each example
 * having its `base` already, plus half the sum of the weights' squares: a multinomial logistic regression over what stands.
 * There is one such minimum and it is a mix of the examples (representer theorem: Kimeldorf and Wahba, 1971), so it is
 * looked for among those. For few examples: it holds a number for each two of them. Pure.
 */
export function fitOver(vectors: FeatureVector[], labels: ArrayLike<number>, { classes, strength, base, weights }: FitOptions): Map<number, Float32Array> {
  const gram = gramOf(vectors);
  const bases = vectors.map((_, at) => base(at));
  const scores: number[] = Array.from({ length: classes }, () => 0);
  const { parts } = minimise(NONE(vectors.length * classes), (parts) => times(gram, parts, classes), (held) => {
    let cost = inner(held, held) / 2;
    const slope = held.parts.slice();
    for (let at = 0; at < vectors.length; at++) {
      for (let k = 0; k < classes; k++) scores[k] = held.effect[at * classes + k]! + bases[at]![k]!;
      softmax(scores);
      const weight = strength * weights[at]!;
      cost -= weight * Math.log(Math.max(1e-300, scores[labels[at]!]!));
      for (let k = 0; k < classes; k++) slope[at * classes + k]! += weight * (scores[k]! - (k === labels[at] ? 1 : 0));
    }
    return { cost, slope };
  });
  return mixed(vectors, parts, classes);
}

/** The weights that so much of each example makes. */
function mixed(vectors: FeatureVector[], parts: Float64Array, classes: number): Map<number, Float32Array> {
  const sums = new Map<number, Float64Array>();
  vectors.forEach(({ indices, values }, of) => {
    for (let at = 0; at < indices.length; at++) {
      let row = sums.get(indices[at]!);
      if (!row) sums.set(indices[at]!, (row = new Float64Array(classes)));
      for (let k = 0; k < classes; k++) row[k]! += parts[of * classes + k]! * values[at]!;
    }
  });
  return new Map([...sums].map(([place, row]) => [place, Float32Array.from(row)]));
}

/** How much each two examples have in common: the product of their vectors. */
function gramOf(vectors: FeatureVector[]): Float64Array[] {
  const whoHolds = new Map<number, { of: number[]; value: number[] }>();
  vectors.forEach(({ indices, values }, of) => {
    for (let at = 0; at < indices.length; at++) {
      let holders = whoHolds.get(indices[at]!);
      if (!holders) whoHolds.set(indices[at]!, (holders = { of: [], value: [] }));
      holders.of.push(of);
      holders.value.push(values[at]!);
    }
  });
  const gram = vectors.map(() => new Float64Array(vectors.length));
  for (const { of, value } of whoHolds.values()) {
    for (let i = 0; i < of.length; i++) {
      const row = gram[of[i]!]!;
      for (let j = 0; j < of.length; j++) row[of[j]!]! += value[i]! * value[j]!;
    }
  }
  return gram;
}

/** What so much of each example adds to the scores of all. */
function times(gram: Float64Array[], parts: Float64Array, classes: number): Float64Array {
  const effect = new Float64Array(parts.length);
  gram.forEach((row, at) => {
    for (let of = 0; of < row.length; of++) {
      const common = row[of]!;
      for (let k = 0; k < classes; k++) effect[at * classes + k]! += common * parts[of * classes + k]!;
    }
  });
  return effect;
}
