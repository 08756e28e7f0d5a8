import { availableParallelism } from "node:os";
import { embed, hasEncoder } from "../encoder/encoder.ts";
import { readBlind } from "../gold/read-blind.ts";
import { classify, classifyPost, type Classified } from "../mining/classify.ts";
import { intents, sentiments } from "../mining/kinds.ts";
import type { Model } from "../mining/model.ts";
import { textToEmbed } from "../mining/second-reading.ts";
import { f1Of } from "./measure.ts";

/**
 * How the shipped model tells what it never learnt from and nothing was chosen on: posts, and single statements, thirty and
 * twenty of each of the ten kinds. `blind.posts.macroF1` and the like; without the encoder they are read once.
 */
export async function blindFigures(model: Model): Promise<Record<string, number>> {
  const told = await Promise.all(
    readBlind().map(async (one) => {
      const embedding = hasEncoder() ? await embed(textToEmbed(one), { threads: availableParallelism() }) : undefined;
      return { one, said: one.kind === "post" ? classifyPost(model, one.title, one.text, embedding) : classify(model, one.text, { title: one.title }, embedding) };
    }),
  );
  return { ...figuresOf("blind.posts", told.filter(({ one }) => one.kind === "post")), ...figuresOf("blind.statements", told.filter(({ one }) => one.kind === "statement")) };
}

function figuresOf(name: string, told: { one: ReturnType<typeof readBlind>[number]; said: Classified }[]): Record<string, number> {
  const { macro, accuracy, perClass } = f1Of(told.map(({ said }) => said.intent), told.map(({ one }) => one.intent), intents);
  const feelings = f1Of(told.map(({ said }) => said.sentiment), told.map(({ one }) => one.sentiment), sentiments);
  const alone = told.filter(({ said }) => said.band === "auto");
  return {
    [`${name}.macroF1`]: macro,
    [`${name}.accuracy`]: accuracy,
    ...Object.fromEntries(intents.map((intent) => [`${name}.f1.${intent}`, perClass[intent]!])),
    [`${name}.autoShare`]: alone.length / told.length,
    [`${name}.autoPrecision`]: alone.filter(({ one, said }) => said.intent === one.intent).length / Math.max(1, alone.length),
    [`${name}.sentiment.macroF1`]: feelings.macro,
  };
}
