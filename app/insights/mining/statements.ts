import type { SourceText } from "./source-text.ts";

/** A sentence or list item that says one thing: `text.slice(start, end)` is exactly what its author wrote. */
export type Statement = { start: number; end: number };

/** Longer ones are cut at a comma, semicolon or space: nobody says one thing in a thousand letters. */
const LONGEST = 600;
/** Shorter ones, such as "+1" or "Thanks.", are kept; those without a letter are not. */
const ABBREVIATIONS = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|mr|mrs|ms|dr|prof|st|no|fig|inc|ltd|jr|sr|al|dept|est|max|min|v|p|pp|[A-Z])\.$/i;
const SIGNATURE = /^\s*(--+\s*$|—\s*\w+\s*$|(sent from my|cheers|regards|best regards|kind regards|best|br|thanks in advance|many thanks),?\s*[\w .]{0,30}$)/i;

/**
 * Splits a text into its author's statements. Others' words, code and a closing signature are left out. Pure, linear in
 * the text, and deterministic: evidence is stored by these offsets.
 */
export function statementsOf({ text, asides }: SourceText): Statement[] {
  const found: Statement[] = [];
  let at = 0;
  let aside = 0;
  while (at <= text.length) {
    const lineEnd = endOfLine(text, at);
    while (aside < asides.length && asides[aside]!.end <= at) aside++;
    const within = asides[aside];
    if (within && within.start < lineEnd && within.end > at) {
      // A line that a quotation or code stands in: only what is before and after it counts.
      if (within.start > at) addLine(text, at, within.start, found);
      at = within.end > lineEnd ? within.end : within.end;
      if (at <= lineEnd && text[at] === "\n") at++;
      aside++;
      continue;
    }
    if (SIGNATURE.test(text.slice(at, lineEnd)) && lineEnd >= text.trimEnd().length) break;
    addLine(text, at, lineEnd, found);
    at = lineEnd + 1;
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function addLine(text: string, from: number, to: number, found: Statement[]): void {
  let start = from;
  const ends = /[.!?…]+["'”’)\]]*(?=\s|$)/g;
  ends.lastIndex = from;
  for (let match = ends.exec(text); match && match.index < to; match = ends.exec(text)) {
    const end = Math.min(match.index + match[0].length, to);
    const next = /\S/.exec(text.slice(end, Math.min(end + 8, to)))?.[0];
    const goesOn = next !== undefined && match[0] === "." && (/[a-z,;]/.test(next) || ABBREVIATIONS.test(text.slice(Math.max(start, end - 12), end)));
    if (goesOn) continue;
    add(text, start, end, found);
    start = end;
  }
  add(text, start, to, found);
}

function add(text: string, from: number, to: number, found: Statement[]): void {
  let start = from;
  let end = to;
  while (start < end && /[\s*•·–—-]/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  if (!/\p{L}/u.test(text.slice(start, end))) return;
  while (end - start > LONGEST) {
    const window = text.slice(start, start + LONGEST);
    const cut = Math.max(window.lastIndexOf("; ") + 1, window.lastIndexOf(", ") + 1);
    const at = cut > LONGEST / 3 ? cut : window.lastIndexOf(" ") > LONGEST / 3 ? window.lastIndexOf(" ") : LONGEST - (isHighSurrogate(window.charCodeAt(LONGEST - 1)) ? 1 : 0);
    found.push({ start, end: start + at });
    start += at;
    while (start < end && /\s/.test(text[start]!)) start++;
  }
  if (start < end) found.push({ start, end });
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
