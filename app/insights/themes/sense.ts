import { rowOf, type ThemeTable } from "./table.ts";
import type { Word } from "./words.ts";

/**
 * A sense of what is common in a community: which words everybody uses there, and which direction all that is said
 * shares. It is taken anew each time the number of clusters has doubled and stays the same in between, so that sums
 * measured by it stay exact.
 */
export type Sense = {
  /** How rare a word is here, a whole number: 0 for the commonest. */
  rarity: (word: string) => number;
  /** The same of a word that may remember it. */
  rarityOf: (word: Word) => number;
  shared: Int8Array;
  /** The square of the shared direction's length. */
  square: number;
};

/** A sense as a row. */
export type SavedSense = { takenAt: number; statements: number; words: [word: string, count: number][]; shared: number[] };

let senses = 0;

/** So many statements of English at large stand behind what was counted here. */
const AT_LARGE = 200;

export function senseOf(table: ThemeTable, saved: SavedSense | null): Sense {
  const statements = saved?.statements ?? 0;
  const counts = new Map(saved?.words ?? []);
  const shared = saved ? Int8Array.from(saved.shared) : new Int8Array(table.facts.dimensions);
  const known = new Map<string, number>();
  const number = ++senses;
  let square = 0;
  for (const value of shared) square += value * value;

  function ask(word: string, row: number): number {
    // By Zipf's law the word of rank r stands in about every r-th short statement.
    const atLarge = row < 0 ? 0 : AT_LARGE / (row + 2);
    const share = (1 + (counts.get(word) ?? 0) + atLarge) / (1 + statements + AT_LARGE);
    return Math.round(8 * Math.log(1 + 1 / share));
  }

  return {
    shared,
    square,
    rarity(word) {
      let rarity = known.get(word);
      if (rarity === undefined) {
        rarity = ask(word, table.rowOf.get(word) ?? -1);
        if (known.size < 50_000) known.set(word, rarity);
      }
      return rarity;
    },
    rarityOf(word) {
      if (word.sense !== number) {
        word.sense = number;
        word.rarity = ask(word.text, rowOf(table, word));
      }
      return word.rarity;
    },
  };
}
