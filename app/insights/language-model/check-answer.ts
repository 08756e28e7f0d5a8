import { z } from "zod";

const LONGEST_SENTENCE = 300;
const LONGEST_TITLE = 80;
const MOST_TITLES = 3;
/** Of its longer words, so many must be the members' own. */
const OWN_WORDS = 0.5;

const shape = z.object({ sentence: z.string().max(2000), titles: z.array(z.string().max(2000)).max(10).default([]) });

export type Checked = { sentence: string; titles: string[] };

/**
 * What of an answer may be shown: what is short, plain, in the members' own words, and quotes nothing that was not
 * said, exactly. The rest is dropped. Null for what is no answer at all. Pure.
 */
export function checkAnswer(content: string, statements: string[]): Checked | null {
  const parsed = shape.safeParse(parse(content));
  if (!parsed.success) return null;
  const sentence = parsed.data.sentence.trim();
  const titles = [...new Set(parsed.data.titles.map((title) => title.trim()))].filter((title) => isPlain(title, LONGEST_TITLE) && isSaid(title, statements));
  return { sentence: isPlain(sentence, LONGEST_SENTENCE) && isSaid(sentence, statements) ? sentence : "", titles: titles.slice(0, MOST_TITLES) };
}

/** Some models put their answer into a fence. */
function parse(content: string): unknown {
  try {
    return JSON.parse(content.trim().replace(/^```(?:json)?\s*|\s*```$/g, ""));
  } catch {
    return null;
  }
}

/** One line without addresses, markup, or signs that change how it reads. */
function isPlain(text: string, longest: number): boolean {
  return (
    text.length > 2 && text.length <= longest && !/[\p{Cc}\p{Cf}\u2028\u2029<>`[\]{}|\\]/u.test(text)
    && !/https?:|www\.|\b[\p{L}\p{N}-]+\.(?:com|org|net|io|dev|app|info|example|test|[a-z]{2})\b(?!\.)|@|&[a-z#0-9]+;/iu.test(text)
  );
}

function isSaid(text: string, statements: string[]): boolean {
  const all = statements.join("\n");
  // A quotation that was opened and not closed is none that could be checked.
  if ((text.match(/["“”„«»]/g) ?? []).length % 2 === 1) return false;
  for (const [, passage] of text.matchAll(/["“”„«]([^"“”„«»]*)["“”»]/g)) if (!statements.some((statement) => statement.includes(passage!))) return false;
  for (const [number] of text.matchAll(/\d+(?:[.,]\d+)*/g)) if (!all.includes(number)) return false;
  const known = new Set(stems(all));
  const own = stems(text);
  return own.length > 0 && own.filter((stem) => known.has(stem)).length >= own.length * OWN_WORDS;
}

/** Words by how they begin: "exporting" is "exports". */
function stems(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}]{4,}/gu) ?? []).map((word) => word.slice(0, 5));
}
