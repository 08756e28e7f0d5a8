import { FEATURE_BITS, type Counted } from "../mining/features.ts";
import { hash } from "../mining/hash.ts";
import { wordsOf } from "../mining/words.ts";

// Two plainer ways of looking at an issue than the features of forum posts: what stands there, and how its form was
// filled in. Trackers ask for steps, versions and expectations under headings that forums do not have.

type Issue = { title: string; whole: string };

const MASK = (1 << FEATURE_BITS) - 1;
/** Words of the body looked at one by one. */
const BODY_WORDS = 300;

/** Words of the body in ones and twos, of the title up to threes, and the title's letters. */
export function wordsOfIssue({ title, whole }: Issue): Counted {
  return [block(1, 1, runsOf(wordsOf(whole), 2)), block(2, 1, runsOf(wordsOf(title), 3)), block(3, 0.7, lettersOf(title))];
}

/** The title's words, which words the body has at all, which headings of a form it has and how much stands under each, and what else it is made of. */
export function formOfIssue({ title, whole }: Issue): Counted {
  const prose = whole.replace(/```[^]*?```/g, " _codeblock_ ").replace(/!\[[^\]]*\]\([^)]*\)/g, " _image_ ").replace(/https?:\/\/\S+/g, " _url_ ");
  return [block(2, 1, runsOf(wordsOf(title), 2)), block(4, 1, [...headingsOf(whole), ...marksOf(title, whole)]), block(5, 1, [...new Set(wordsOf(prose).slice(0, BODY_WORDS))])];
}

const HEADING = /^\s*(?:#{1,6}\s+(.*)|\*\*(.{3,60}?)\*\*:?\s*$|([A-Z][\w ]{3,40}):\s*$)/;

function headingsOf(whole: string): string[] {
  const found: string[] = [];
  let heading = "";
  let letters = 0;
  const close = () => {
    if (heading) found.push(`heading:${heading}`, `heading:${heading}:${letters === 0 ? "empty" : letters < 40 ? "short" : letters < 300 ? "middling" : "long"}`);
  };
  for (const line of whole.split("\n")) {
    const [, hashes, bold, colon] = HEADING.exec(line) ?? [];
    const begun = hashes ?? bold ?? colon;
    if (begun !== undefined) {
      close();
      heading = begun.toLowerCase().trim().slice(0, 60);
      letters = 0;
    } else if (!/_No response_|^\s*N\/A/i.test(line)) letters += line.trim().length;
  }
  close();
  return found;
}

function marksOf(title: string, whole: string): string[] {
  const upToThree = (pattern: RegExp) => Math.min(3, whole.match(pattern)?.length ?? 0);
  return [
    `length:${Math.round(Math.log2(1 + whole.length))}`,
    `fences:${upToThree(/```/g)}`,
    `image:${/!\[/.test(whole)}`,
    `addresses:${upToThree(/https?:/g)}`,
    `boxes:${/\[x\]/i.test(whole)}:${/\[ \]/.test(whole)}`,
    `asks:${upToThree(/\?/g)}`,
    `title asks:${/\?\s*$/.test(title)}`,
    `trace:${/^\s+at |Traceback|File "|\.cpp:\d/m.test(whole)}`,
    `prefix:${/^\s*\[?([\w ]+)[\]:]/.exec(title)?.[1]?.toLowerCase()}`,
  ];
}

function runsOf(words: string[], longest: number): string[] {
  return words.flatMap((_, from) => Array.from({ length: Math.min(longest, words.length - from) }, (_, more) => words.slice(from, from + more + 1).join(" ")));
}

function lettersOf(text: string): string[] {
  const framed = ` ${text.toLowerCase().replace(/\s+/g, " ")} `;
  return [3, 4, 5].flatMap((length) => Array.from({ length: Math.max(0, framed.length - length + 1) }, (_, at) => framed.slice(at, at + length)));
}

function block(seed: number, weight: number, names: string[]): Counted[number] {
  const counts = new Map<number, number>();
  for (const name of names) {
    const bucket = hash(name, seed) & MASK;
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return { weight, isEven: false, buckets: Int32Array.from(counts.keys()), counts: Int32Array.from(counts.values()) };
}
