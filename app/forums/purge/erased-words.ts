import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";

/** What was erased, to be known again elsewhere: its sentences, and the words that stand nowhere else. */
export type ErasedWords = { sentences: string[]; words: string[] };

/** Shorter ones are said by many: finding one somewhere proves nothing. */
const LEAST_LETTERS = 24;
const MOST_SENTENCES = 5000;

/** To be asked when the texts are gone from their rows. `kept` are texts that stay, such as the other versions of a post. */
export async function readErasedWords(tx: Tx, erased: string[], kept: string[]): Promise<ErasedWords> {
  const [row] = await tx.execute<{ words: string[] }>(sql`select words_left_nowhere(${sql.param(erased)}::text[], ${sql.param(kept)}::text[]) as words`);
  const all = new Set(erased.flatMap(sentencesOf));
  for (const text of kept) for (const sentence of sentencesOf(text)) all.delete(sentence);
  return { sentences: [...all].slice(0, MOST_SENTENCES), words: row!.words };
}

/** Whether a text in the database says any of it, as a condition. */
export function saysErased(text: ReturnType<typeof sql>, { sentences, words }: ErasedWords) {
  return sql`(words_in(${text}) && ${sql.param(words)}::text[] or exists (select from unnest(${sql.param(sentences)}::text[]) sentence where strpos(${text}, sentence) > 0))`;
}

function sentencesOf(text: string): string[] {
  return text.split(/[\n.!?]+/).map((sentence) => sentence.trim()).filter((sentence) => sentence.length >= LEAST_LETTERS);
}
