import { scoreOf, softmax, type Calibration } from "../mining/model.ts";

const ROUNDS = 400;
/** Keeps the offset of a class that was seen a few times from running away. */
const PULL = 2;

/**
 * One slope for all and an offset for each class with which `softmax(slope * margin + offset)` is how likely each class
 * is, fitted to margins of examples that were not learnt from (temperature scaling: Guo and others, ICML 2017; with
 * offsets, because among statements the classes are not as frequent as among what the model learnt from).
 */
export function fitScaling(margins: ArrayLike<number>[], labels: ArrayLike<number>, classes: number): Calibration[] {
  let slope = 1;
  const offsets = new Float64Array(classes);
  const likely = new Float64Array(classes);
  const drift = new Float64Array(classes);
  for (let round = 0; round < ROUNDS && margins.length > 0; round++) {
    let steeper = 0;
    drift.fill(0);
    for (let at = 0; at < margins.length; at++) {
      const margin = margins[at]!;
      for (let k = 0; k < classes; k++) likely[k] = slope * margin[k]! + offsets[k]!;
      softmax(likely);
      likely[labels[at]!]! -= 1;
      for (let k = 0; k < classes; k++) {
        steeper += likely[k]! * margin[k]!;
        drift[k]! += likely[k]!;
      }
    }
    const step = 4 / (1 + round / 50);
    slope = Math.max(0.05, slope - (step * steeper) / margins.length / 10);
    for (let k = 0; k < classes; k++) offsets[k]! -= step * ((drift[k]! + PULL * offsets[k]!) / margins.length);
  }
  return Array.from(offsets, (offset) => ({ slope, offset }));
}

const SWEEPS = 150;
/** Keeps what classes say of each other small where little was seen. */
const PULL_OF_OTHERS = 90;

/**
 * The same scaling, and what the margins of all classes add to each: a step from one slope for all towards a matrix of
 * them (matrix scaling: Guo and others, ICML 2017), drawn back to that one slope.
 */
export function withOthers(scaling: Calibration[], margins: ArrayLike<number>[], labels: ArrayLike<number>): Calibration[] {
  const classes = scaling.length;
  const others = scaling.map(() => scaling.map(() => 0));
  const mixed = scaling.map((one, k) => ({ ...one, others: others[k]! }));
  const drift = scaling.map(() => new Float64Array(classes));
  const learnt = scaling.map(() => new Float64Array(classes).fill(1e-6));
  const likely = new Float64Array(classes);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of drift) row.fill(0);
    for (let at = 0; at < margins.length; at++) {
      const margin = margins[at]!;
      for (let k = 0; k < classes; k++) likely[k] = scoreOf(mixed[k]!, margin, k, 0);
      softmax(likely);
      likely[labels[at]!]! -= 1;
      for (let k = 0; k < classes; k++) for (let other = 0; other < classes; other++) drift[k]![other]! += likely[k]! * margin[other]!;
    }
    for (let k = 0; k < classes; k++) {
      for (let other = 0; other < classes; other++) {
        const towards = drift[k]![other]! + PULL_OF_OTHERS * others[k]![other]!;
        learnt[k]![other]! = 0.95 * learnt[k]![other]! + 0.05 * towards * towards;
        others[k]![other]! -= (0.02 / (1 + sweep / 40)) * (towards / Math.sqrt(learnt[k]![other]!));
      }
    }
  }
  return mixed.map((one) => ({ ...one, others: one.others.map((other) => Math.round(other * 1e4) / 1e4) }));
}
