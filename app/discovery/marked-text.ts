import { shared } from "#app/core/shared.ts";
import { searchConnection } from "#db/search-client.ts";

/** Text in pieces, those that were looked for marked. Shown as text, so whatever it says stays harmless. */
export type MarkedText = { text: string; isFound: boolean }[];

/** What the index makes of words, kept: people look for the same ones, and texts are full of them. */
const kept = shared("search-lexemes", () => new Map<string, string[]>());
const MOST_KEPT = 20_000;

const sign = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
/** Words as db/programs/search.sql takes texts apart: C++, C#, .NET and 4.2 whole, signs of Chinese, Japanese and Korean alone. */
const words = new RegExp(String.raw`\.net(?![\p{L}\p{N}])|\d+(?:\.\d+)+|${sign}|(?:(?!${sign})[\p{L}\p{N}])+(?:\+\+|#(?![\p{L}\p{N}]))?`, "giu");
/** The same for a text whose letters are all Latin without accents: most are, and this is many times faster. */
const plainWords = /\.net(?![a-z\d])|\d+(?:\.\d+)+|[a-z\d]+(?:\+\+|#(?![a-z\d]))?/gi;
const foreignLetter = /(?![a-z\d])[\p{L}\p{N}]/iu;

type Word = { from: number; to: number; /** What of the search it is; none for other words. */ lexemes: string[] };

/** Marks in each text the words that the search is about, in any of their forms, as the index would find them. */
export async function markAll(texts: { title: string; body: string }[], search: string): Promise<{ title: MarkedText; excerpt: MarkedText }[]> {
  const wanted = new Set([...(await lexemesOf(wordsOf(search.slice(0, 1000)).map(({ word }) => word))).values()].flat());
  const mayBe = [...wanted].map((lexeme) => ({ start: lexeme.slice(0, Math.max(1, lexeme.length - 2)) }));
  // Stemming changes the last two letters of what it leaves, at most: all other words need not be asked about.
  const isLikely = (word: string) => {
    const plain = plainOf(word);
    return foreignLetter.test(plain) || mayBe.some(({ start }) => plain.startsWith(start));
  };
  const read = texts.map(({ title, body }) => ({ title: wordsOf(title).filter(({ word }) => isLikely(word)), body: wordsOf(body).filter(({ word }) => isLikely(word)) }));
  const lexemes = await lexemesOf(read.flatMap(({ title, body }) => [...title, ...body].map(({ word }) => word)));
  const found = (likely: TypedWord[]): Word[] => likely.map(({ from, to, word }) => ({ from, to, lexemes: lexemes.get(word)!.filter((lexeme) => wanted.has(lexeme)) })).filter((word) => word.lexemes.length > 0);
  return texts.map(({ title, body }, at) => ({ title: marked(title, found(read[at]!.title), 0, title.length), excerpt: excerpt(body, found(read[at]!.body)) }));
}

type TypedWord = { from: number; to: number; /** In small letters. */ word: string };

function wordsOf(text: string): TypedWord[] {
  const found: TypedWord[] = [];
  for (const match of text.matchAll(foreignLetter.test(text) ? words : plainWords)) found.push({ from: match.index, to: match.index + match[0].length, word: match[0].toLowerCase() });
  return found;
}

/** Without accents and signs, as the index has it. What accents hide in letters of their own (ß, æ) stays. */
function plainOf(word: string): string {
  if (!/[^a-z]/.test(word)) return word;
  return word.normalize("NFD").replace(/\p{M}/gu, "").replace("++", "plusplus").replace("#", "sharp").replace(".net", "dotnet");
}

/** What the index makes of each word: one stem for most, none for those that say nothing. */
async function lexemesOf(asked: string[]): Promise<Map<string, string[]>> {
  const missing = [...new Set(asked.filter((word) => !kept.has(word)))];
  if (missing.length > 0) {
    if (kept.size + missing.length > MOST_KEPT) kept.clear();
    const sql = searchConnection();
    for (const { word, lexemes } of await sql<{ word: string; lexemes: string[] }[]>`
      select word, tsvector_to_array(to_tsvector('public.wellspring', search_text(word))) as lexemes from unnest(${missing}::text[]) word`) kept.set(word, lexemes);
  }
  return new Map(asked.map((word) => [word, kept.get(word) ?? []]));
}

/** How many words a piece of the text has, and how many of them stand before the first that was found. */
const PIECE = 28;
const BEFORE = 5;

/** The one or two pieces of a text that say most of what was looked for; the beginning where nothing of it is there. */
function excerpt(text: string, found: Word[]): MarkedText {
  const starts = [...text.matchAll(/\S+/g)].map(({ index }) => index);
  if (starts.length <= PIECE * 1.5) return marked(text, found, 0, text.length);
  const pieces: { from: number; to: number }[] = [];
  const said = new Set<string>();
  for (let n = 0; n < 2; n++) {
    let best = { from: 0, to: 0, worth: 0 };
    let first = 0;
    for (const word of found) {
      while (starts[first + 1]! <= word.from) first++;
      const from = Math.min(Math.max(0, first - BEFORE), starts.length - PIECE);
      const to = from + PIECE;
      const end = starts[to] ?? text.length;
      if (pieces.some((piece) => from < piece.to && piece.from < to)) continue;
      const inside = found.filter((other) => other.from >= word.from && other.to <= end);
      const fresh = new Set(inside.flatMap(({ lexemes }) => lexemes).filter((lexeme) => !said.has(lexeme))).size;
      const worth = fresh * 10 + Math.min(9, inside.length);
      if (worth > best.worth) best = { from, to, worth };
    }
    if (best.worth === 0) break;
    pieces.push(best);
    for (const { from, lexemes } of found) if (from >= starts[best.from]! && from < (starts[best.to] ?? text.length)) for (const lexeme of lexemes) said.add(lexeme);
  }
  if (pieces.length === 0) pieces.push({ from: 0, to: PIECE });
  pieces.sort((a, b) => a.from - b.from);
  return pieces.flatMap(({ from, to }, at) => [
    ...(from > 0 ? [{ text: at === 0 ? "… " : " … ", isFound: false }] : []),
    ...marked(text, found, starts[from]!, to < starts.length ? starts[to]! : text.length),
    ...(to < starts.length && at === pieces.length - 1 ? [{ text: "…", isFound: false }] : []),
  ]);
}

function marked(text: string, found: Word[], from: number, to: number): MarkedText {
  const pieces: MarkedText = [];
  let at = from;
  for (const word of found) {
    if (word.from < from || word.to > to) continue;
    if (word.from > at) pieces.push({ text: text.slice(at, word.from), isFound: false });
    pieces.push({ text: text.slice(word.from, word.to), isFound: true });
    at = word.to;
  }
  if (at < to) pieces.push({ text: text.slice(at, to), isFound: false });
  return pieces;
}
