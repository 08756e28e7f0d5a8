import byStrength from "./mood-words.json";
import { hash } from "./hash.ts";

/** How good or bad a word sounds, from -5 to 5. */
const STRENGTH = new Map(Object.entries(byStrength).flatMap(([strength, words]) => words.split(" ").map((word) => [word, Number(strength)] as const)));
/** In talk about software these name things, and say nothing of how anybody feels. */
for (const word of ["support", "supported", "supports", "like", "please", "ability", "save", "share", "shared", "solution", "solutions", "solve", "solved", "kind", "matter", "feature", "allow", "yes", "no", "want", "block", "blocked", "dead", "alert", "cut", "exploit", "interest", "join", "join", "top", "true", "validate", "visible"])
  STRENGTH.delete(word);

const TURNS = /^(?:not|no|never|nothing|nor|neither|without|hardly|barely|cannot|cant|dont|doesnt|isnt|wasnt|didnt|wont|lack|less)$|n't$/;

/** How a word feels, and the marks it leaves: as it stands, and after a "not". */
export type Feeling = { strength: number; marks: [number, number]; turnedMarks: [number, number] };

export function feelingOf(word: string): { feeling: Feeling | null; turns: boolean } {
  const strength = STRENGTH.get(word);
  const turns = TURNS.test(word);
  if (strength === undefined) return { feeling: null, turns };
  return { turns, feeling: { strength, marks: [moodMark(`felt:${strength}`), moodMark(`word:${word}`)], turnedMarks: [moodMark(`felt:${strength}:turned`), moodMark(`turned:${word}`)] } };
}

export function moodMark(name: string): number {
  return hash(name, 0x165667b1) | 0;
}
