import { codesOf } from "./codes.ts";
import { moodMark } from "./mood-of-word.ts";
import type { Word } from "./words.ts";

/** So many words after a "not" are meant the other way round. */
const REACH = 3;

const GLAD = /(?:^|\s)[:;=]['-]?[)D\]P]+|<3|\^_?\^|\bxD\b|[\u{1F600}-\u{1F60E}\u{1F642}\u{1F643}\u{1F64F}\u{1F44D}\u{1F44F}\u{1F389}\u{2764}\u{1F495}\u{1F970}]/gu;
const SAD = /(?:^|\s)[:;=]['-]?[([/|]+|(?:^|\s)>:|[\u{1F61E}-\u{1F62D}\u{1F620}-\u{1F624}\u{1F612}-\u{1F616}\u{1F641}\u{2639}\u{1F44E}\u{1F92C}\u{1F644}\u{1F926}]/gu;

const steps = <Mark>(of: (step: number) => Mark) => Array.from({ length: 6 }, (_, step) => of(step));
const GOOD = steps((step) => moodMark(`good:${step}`));
const BAD = steps((step) => moodMark(`bad:${step}`));
const SUM = ["-", "", "+"].map((sign) => steps((step) => moodMark(`sum:${step}${sign}`)));
const STRONGEST = Array.from({ length: 11 }, (_, at) => moodMark(`strongest:${at - 5}`));
const LAST = [-1, 0, 1].map((sign) => moodMark(`last:${sign}`));
const CRIES = [0, 1, 2, 3].map((cries) => moodMark(`cries:${cries}`));
const ENDS = Array.from({ length: 128 }, (_, code) => moodMark(`ends:${String.fromCharCode(code)}`));
const ENDS_WITH_NOTHING = moodMark("ends:");
const [GLAD_MARK, SAD_MARK, CALM] = [moodMark("glad"), moodMark("sad"), moodMark("calm")];

/** What a text feels like, as marks: each word of feeling, turned round where a "not" stands before it, and their sums. */
export function markMood(text: string, words: Word[], mark: (value: number) => void): void {
  let [good, bad, strongest, turnedUntil, last] = [0, 0, 0, -1, 0];
  for (let at = 0; at < words.length; at++) {
    const { feeling, turns } = words[at]!;
    if (turns) turnedUntil = at + REACH;
    if (feeling === null) continue;
    const turned = at <= turnedUntil;
    const felt = turned ? -feeling.strength * 0.7 : feeling.strength;
    const marks = turned ? feeling.turnedMarks : feeling.marks;
    mark(marks[0]);
    mark(marks[1]);
    if (felt > 0) good += felt;
    else bad -= felt;
    if (Math.abs(felt) > Math.abs(strongest)) strongest = felt;
    last = felt;
  }
  const { cries, mayHaveFace } = signsIn(text);
  const glad = mayHaveFace ? text.match(GLAD)?.length ?? 0 : 0;
  const sad = mayHaveFace ? text.match(SAD)?.length ?? 0 : 0;
  mark(GOOD[step(good)]!);
  mark(BAD[step(bad)]!);
  mark(SUM[1 + Math.sign(good - bad)]![step(Math.abs(good - bad))]!);
  mark(STRONGEST[5 + Math.round(strongest)]!);
  mark(LAST[1 + Math.sign(last)]!);
  for (let twice = 0; glad > 0 && twice < 2; twice++) mark(GLAD_MARK);
  for (let twice = 0; sad > 0 && twice < 2; twice++) mark(SAD_MARK);
  if (good === 0 && bad === 0 && glad === 0 && sad === 0) mark(CALM);
  mark(CRIES[Math.min(3, cries)]!);
  mark(endOf(text));
}

/** How often it cries out, and whether any sign stands in it that a face could be made of. */
function signsIn(text: string): { cries: number; mayHaveFace: boolean } {
  const codes = codesOf(text);
  let cries = 0;
  let mayHaveFace = false;
  for (let at = 0; at < text.length; at++) {
    const code = codes[at]!;
    if (code === 33) cries++;
    // : ; < = > ^ and "xD", and whatever may be drawn as one sign.
    else if ((code >= 58 && code <= 62) || code === 94 || code === 68 || code >= 0x2600) mayHaveFace = true;
  }
  return { cries, mayHaveFace };
}

function endOf(text: string): number {
  const code = text.charCodeAt(text.length - 1);
  if (code > 32 && code < 128) return ENDS[code]!;
  const end = text.trimEnd().slice(-1);
  return end === "" ? ENDS_WITH_NOTHING : moodMark(`ends:${end}`);
}

function step(sum: number): number {
  return Math.min(5, Math.ceil(Math.log2(1 + sum)));
}
