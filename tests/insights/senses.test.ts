import { expect, test } from "vitest";
import { keepsItsSenses, writtenPosts, writtenStatements } from "#app/insights/learning/senses.ts";
import { weigh } from "#app/insights/mining/features.ts";
import { intents } from "#app/insights/mining/kinds.ts";
import { readModel, UNSEEN_RARITY, type LocalWeights } from "#app/insights/mining/model.ts";
import { countsOf } from "#app/insights/training/train-model.ts";

const shipped = readModel("intents");

/** Whatever was written, each word of it pulled so hard towards one kind. */
function pulledTo(intent: (typeof intents)[number], by: number): LocalWeights {
  const row = Float32Array.from(intents, (one) => (one === intent ? by : 0));
  const buckets = [...writtenPosts(), ...writtenStatements()].flatMap((one) => [...weigh(countsOf({ ...one, group: "", source: "" }), shipped.rarity, UNSEEN_RARITY).indices]);
  return new Map(buckets.map((bucket) => [bucket, row]));
}

test("whoever takes all talk for nothing in particular has lost what everybody agrees on, and whoever learnt nothing has not", async () => {
  const lost = await keepsItsSenses(shipped, { ...shipped, local: pulledTo("other", 3) });
  expect(lost.isKept).toBe(false);
  expect(lost.after).toBeLessThan(lost.before / 2);
  expect(await keepsItsSenses(shipped, { ...shipped, local: pulledTo("other", 0) })).toMatchObject({ isKept: true, before: lost.before, after: lost.before });
}, 60_000);
