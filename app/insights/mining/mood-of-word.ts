import byStrength from "./mood-words.json";
import { hash } from "./hash.ts";

/** How good or bad a word sounds, from -5 to 5. */
const STRENGTH = new Map(Object.entries(byStrength).flatMap(([strength, words]) => words.split(" ").map((word) => [word, Number(strength)] as const)));
/** In talk about software these name things, and say nothing of how anybody feels. */
for (const word of ["support", "supported", "supports", "like", "please", "ability", "save", "share", "shared", "solution", "solutions", "solve", "solved", "kind", "matter", "feature", "allow", "yes", "no", "want", "block", "blocked", "dead", "alert", "cut", "exploit", "interest", "join", "join", "top", "true", "validate", "visible"])
  STRENGTH.delete(word);
/** How people who use and make software say that they are glad or had enough; written by hand. */
const OURS: Record<string, string> = {
  "4": "lifesaver genius bravo phew yay hooray hurray blessed incredible incredibly amazingly rocks tnx thx thanx thnx ty tks kudos",
  "2": "neat neatly handy nicely magical ingenious insightful informative upvoted upvote bingo gem crisp concise elegantly cleanly beautifully",
  "-1": "unfortunately oddly tricky meh hassle issue issues apologies outdated slow obscure cryptic",
  "-2": "messy tedious cumbersome clunky overkill buggy kludge kludgy hacky hackish convoluted bloated brittle fragile baffled stumped bothering crashes crashed unreadable unmaintainable sluggish mysterious",
  "-3": "nightmare pita headache horribly awfully rubbish trash argh grr yuck cringe sucky dammit despise abomination abysmal horrendous hideous freaking atrocious",
};
for (const [strength, words] of Object.entries(OURS)) for (const word of words.split(" ")) STRENGTH.set(word, Number(strength));

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
