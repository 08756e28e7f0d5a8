import { sigmoid } from "../mining/model.ts";

/**
 * The slope and offset with which `sigmoid(slope * margin + offset)` is the likelihood of yes, by Newton steps on the
 * logistic loss with Platt's smoothed targets (Platt 1999; the solver follows Lin, Lin and Weng, Machine Learning 68, 2007).
 */
export function fitPlatt(margins: number[], isYes: boolean[]): { slope: number; offset: number } {
  const yes = isYes.filter(Boolean).length;
  const no = isYes.length - yes;
  if (yes === 0 || no === 0) return { slope: 1, offset: 0 };
  const high = (yes + 1) / (yes + 2);
  const low = 1 / (no + 2);
  let slope = 1;
  let offset = Math.log((yes + 1) / (no + 1));
  for (let round = 0; round < 100; round++) {
    let [g1, g2, h11, h22, h21] = [0, 0, 1e-9, 1e-9, 0];
    for (let at = 0; at < margins.length; at++) {
      const p = sigmoid(slope * margins[at]! + offset);
      const error = p - (isYes[at] ? high : low);
      const spread = p * (1 - p);
      g1 += error * margins[at]!;
      g2 += error;
      h11 += spread * margins[at]! ** 2;
      h21 += spread * margins[at]!;
      h22 += spread;
    }
    const determinant = h11 * h22 - h21 * h21;
    const step1 = (h22 * g1 - h21 * g2) / determinant;
    const step2 = (h11 * g2 - h21 * g1) / determinant;
    // A full step can overshoot where nearly all are certain.
    const size = Math.min(1, 5 / Math.max(Math.abs(step1), Math.abs(step2), 1e-12));
    slope -= size * step1;
    offset -= size * step2;
    if (Math.abs(g1) < 1e-6 && Math.abs(g2) < 1e-6) break;
  }
  return { slope, offset };
}
