import byStrength from "./mood-words.json";

/** How good or bad a word sounds, from -5 to 5. */
const STRENGTH = new Map(Object.entries(byStrength).flatMap(([strength, words]) => words.split(" ").map((word) => [word, Number(strength)] as const)));
/** In talk about software these name things, and say nothing of how anybody feels. */
for (const word of ["support", "supported", "supports", "like", "please", "ability", "save", "share", "shared", "solution", "solutions", "solve", "solved", "kind", "matter", "feature", "allow", "yes", "no", "want", "block", "blocked", "dead", "alert", "cut", "exploit", "interest", "join", "join", "top", "true", "validate", "visible"])
  STRENGTH.delete(word);

const TURNS = /^(?:not|no|never|nothing|nor|neither|without|hardly|barely|cannot|cant|dont|doesnt|isnt|wasnt|didnt|wont|lack|less)$|n't$/;
const REACH = 3;

const GLAD = /(?:^|\s)[:;=]['-]?[)D\]P]+|<3|\^_?\^|\bxD\b|[\u{1F600}-\u{1F60E}\u{1F642}\u{1F643}\u{1F64F}\u{1F44D}\u{1F44F}\u{1F389}\u{2764}\u{1F495}\u{1F970}]/gu;
const SAD = /(?:^|\s)[:;=]['-]?[([/|]+|(?:^|\s)>:|[\u{1F61E}-\u{1F62D}\u{1F620}-\u{1F624}\u{1F612}-\u{1F616}\u{1F641}\u{2639}\u{1F44E}\u{1F92C}\u{1F644}\u{1F926}]/gu;

/** What a text feels like, as marks: each word of feeling, turned round where a "not" stands before it, and their sums. */
export function moodMarks(text: string, words: string[]): string[] {
  const marks: string[] = [];
  let [good, bad, strongest, turnedUntil, last] = [0, 0, 0, -1, 0];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (TURNS.test(word)) turnedUntil = at + REACH;
    const strength = STRENGTH.get(word);
    if (strength === undefined) continue;
    const turned = at <= turnedUntil;
    const felt = turned ? -strength * 0.7 : strength;
    marks.push(`felt:${strength}${turned ? ":turned" : ""}`, turned ? `turned:${word}` : `word:${word}`);
    if (felt > 0) good += felt;
    else bad -= felt;
    if (Math.abs(felt) > Math.abs(strongest)) strongest = felt;
    last = felt;
  }
  const glad = text.match(GLAD)?.length ?? 0;
  const sad = text.match(SAD)?.length ?? 0;
  marks.push(`good:${step(good)}`, `bad:${step(bad)}`, `sum:${step(Math.abs(good - bad))}${good > bad ? "+" : good < bad ? "-" : ""}`, `strongest:${Math.round(strongest)}`, `last:${Math.sign(last)}`);
  if (glad > 0) marks.push("glad", "glad");
  if (sad > 0) marks.push("sad", "sad");
  if (good === 0 && bad === 0 && glad === 0 && sad === 0) marks.push("calm");
  const cries = text.length - text.replaceAll("!", "").length;
  marks.push(`cries:${Math.min(3, cries)}`, `ends:${text.trimEnd().slice(-1)}`);
  return marks;
}

function step(sum: number): number {
  return Math.min(5, Math.ceil(Math.log2(1 + sum)));
}
