import { intents, type Intent } from "../mining/kinds.ts";
import type { Lesson } from "../training/learn-from.ts";
import { wilsonInterval } from "../wilson.ts";
import type { PhraseLesson } from "./learn-phrases.ts";

type Scores = Record<string, number>;
type Senses = { before: number; after: number } | null;

/** The figures of a lesson as they are kept beside what was learnt. */
export function scoresOfIntents({ held, before, after }: Lesson, senses: Senses): Scores {
  const classes = intents.flatMap((intent, at) => [[`claimed.${intent}`, after.claimed[at]!], [`right.${intent}`, after.rightOf[at]!], [`claimedBefore.${intent}`, before.claimed[at]!], [`rightBefore.${intent}`, before.rightOf[at]!]] as const);
  return { held, before: before.right, after: after.right, ...(senses && { sensesBefore: senses.before, sensesAfter: senses.after }), ...Object.fromEntries(classes.filter(([, value]) => value > 0)) };
}

export function scoresOfPhrases({ held, before, after, phrases }: PhraseLesson): Scores {
  return { held, before, after, phrases: phrases.length };
}

export type ClassLesson = { intent: Intent; claimed: number; right: number; precision: ReturnType<typeof wilsonInterval>; before: ReturnType<typeof wilsonInterval> };

/** Kind by kind: of the corrections held back, how often it was right when it claimed this, with it and without. */
export function classesIn(scores: Scores): ClassLesson[] {
  return intents.flatMap((intent) => {
    const [claimed, right, claimedBefore, rightBefore] = ["claimed", "right", "claimedBefore", "rightBefore"].map((name) => scores[`${name}.${intent}`] ?? 0) as [number, number, number, number];
    return claimed + claimedBefore > 0 ? [{ intent, claimed, right, precision: wilsonInterval(right, claimed), before: wilsonInterval(rightBefore, claimedBefore) }] : [];
  });
}
