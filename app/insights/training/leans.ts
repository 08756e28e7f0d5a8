import { leaning, type Calibration } from "../mining/model.ts";

/** Seen less often than this, nothing can be said of a kind. */
const FEWEST = 20;
/** What is said more often than once in nine needs nobody to lean to it: it would only take from the others. */
const RARE = 1 / 9;
const LEANS = [1, 1.4, 2, 3];
const SWEEPS = 2;

/**
 * How much to lean to each kind, so that the rare ones are claimed at all: what makes the mean over kinds of F1 and
 * one and a half times the share told right best together, on examples that were not learnt from. Where a lean gains nothing, and for what is frequent, it stays 1.
 */
export function withLeans(scaling: Calibration[], likelihoods: ArrayLike<number>[], labels: number[]): Calibration[] {
  const seen = scaling.map((_, k) => labels.filter((label) => label === k).length);
  const leans = scaling.map(() => 1);
  let best = worthOf(leans, likelihoods, labels, seen);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let k = 0; k < leans.length; k++) {
      if (seen[k]! < FEWEST || seen[k]! > labels.length * RARE) continue;
      for (const lean of LEANS) {
        const tried = leans.with(k, lean);
        const worth = worthOf(tried, likelihoods, labels, seen);
        if (worth <= best + 1e-9) continue;
        best = worth;
        leans[k] = lean;
      }
    }
  }
  return scaling.map((one, k) => (leans[k] === 1 ? one : { ...one, lean: leans[k]! }));
}

function worthOf(leans: number[], likelihoods: ArrayLike<number>[], labels: number[], seen: number[]): number {
  const claimed = leans.map(() => 0);
  const hit = leans.map(() => 0);
  likelihoods.forEach((likely, at) => {
    let claim = 0;
    for (let k = 1; k < leans.length; k++) if (leaning(likely[k]!, leans[k]) > leaning(likely[claim]!, leans[claim])) claim = k;
    claimed[claim]!++;
    if (labels[at] === claim) hit[claim]!++;
  });
  const measured = seen.flatMap((count, k) => (count < FEWEST ? [] : [(2 * hit[k]!) / (claimed[k]! + count || 1)]));
  const right = hit.reduce((sum, count) => sum + count, 0) / Math.max(1, labels.length);
  return measured.length === 0 ? right : measured.reduce((sum, f1) => sum + f1, 0) / measured.length + 1.5 * right;
}
