import { breather } from "#app/core/breathe.ts";
import type { Model } from "../mining/model.ts";
import { tell, type Correction } from "../training/learn-from.ts";

/** How many of them a model tells right, letting others come in between. */
export async function countRight(model: Model, corrections: Correction[]): Promise<number> {
  const breathe = breather();
  let right = 0;
  for (const one of corrections) {
    await breathe();
    right += tell(model, [one]).right;
  }
  return right;
}
