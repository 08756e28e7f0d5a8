import { FNV_START, fnvStep, hash, mix } from "./hash.ts";

/** What is known of words, found by their letters without making a string of them first. */
export type Dictionary<Entry> = {
  /** Of the word whose letters stand in `codes` from `start` to `end`. */
  at: (codes: Uint16Array, start: number, end: number) => Entry;
  of: (text: string) => Entry;
};

export type Entered = { text: string };

/** Nobody types these twice, and they would fill the memory. */
const TOO_LONG = 64;

/**
 * `learn` says what is to be known of a word not yet met, and gets its number, below `most`; when there are so many, all
 * are let go. Words too long to be kept have -1.
 */
export function openDictionary<Entry extends Entered>(most: number, learn: (text: string, hash: number, id: number) => Entry): Dictionary<Entry> {
  const room = 1 << Math.ceil(Math.log2(most * 3));
  const places = new Int32Array(room);
  const known: Entry[] = [];
  // Beside the entries, so that one that is not meant need not be looked at: the hash of each, and all letters in one row.
  const hashes = new Int32Array(most);
  const starts = new Int32Array(most + 1);
  const letters = new Uint16Array(most * TOO_LONG);

  function add(text: string, value: number): Entry {
    if (text.length > TOO_LONG) return learn(text, value, -1);
    if (known.length >= most) {
      known.length = 0;
      places.fill(0);
    }
    const id = known.length;
    keepLetters(id, text);
    hashes[id] = value;
    const entry = learn(text, value, id);
    known.push(entry);
    let place = value & (room - 1);
    while (places[place] !== 0) place = (place + 1) & (room - 1);
    places[place] = known.length;
    return entry;
  }

  function keepLetters(id: number, text: string): void {
    const from = starts[id]!;
    starts[id + 1] = from + text.length;
    for (let at = 0; at < text.length; at++) letters[from + at] = text.charCodeAt(at);
  }

  function isAt(id: number, codes: Uint16Array, start: number, end: number): boolean {
    const from = starts[id]!;
    if (starts[id + 1]! - from !== end - start) return false;
    for (let at = start; at < end; at++) if (letters[from + at - start] !== codes[at]) return false;
    return true;
  }

  return {
    at(codes, start, end) {
      let value = FNV_START;
      for (let at = start; at < end; at++) value = fnvStep(value, codes[at]!);
      value = mix(value) | 0;
      for (let place = value & (room - 1); places[place] !== 0; place = (place + 1) & (room - 1)) {
        const id = places[place]! - 1;
        if (hashes[id] === value && isAt(id, codes, start, end)) return known[id]!;
      }
      return add(String.fromCharCode(...codes.subarray(start, end)), value);
    },
    of(text) {
      const value = hash(text, 0) | 0;
      for (let place = value & (room - 1); places[place] !== 0; place = (place + 1) & (room - 1)) {
        const id = places[place]! - 1;
        if (hashes[id] === value && known[id]!.text === text) return known[id]!;
      }
      return add(text, value);
    },
  };
}
