import { FNV_START, fnvStep, hash, mix } from "./hash.ts";

/** What is known of words, found by their letters without making a string of them first. */
export type Dictionary<Entry> = {
  /** Of the word whose letters stand in `codes` from `start` to `end`. */
  at: (codes: Uint16Array, start: number, end: number) => Entry;
  of: (text: string) => Entry;
};

export type Entered = { text: string; hash: number };

/** `learn` says what is to be known of a word not yet met, and gets its number, below `most`. When there are so many, all are let go. */
export function openDictionary<Entry extends Entered>(most: number, learn: (text: string, hash: number, id: number) => Entry): Dictionary<Entry> {
  const room = 1 << Math.ceil(Math.log2(most * 3));
  const places = new Int32Array(room);
  const known: Entry[] = [];

  function add(text: string, value: number): Entry {
    if (known.length >= most) {
      known.length = 0;
      places.fill(0);
    }
    const entry = learn(text, value, known.length);
    known.push(entry);
    let place = value & (room - 1);
    while (places[place] !== 0) place = (place + 1) & (room - 1);
    places[place] = known.length;
    return entry;
  }

  return {
    at(codes, start, end) {
      let value = FNV_START;
      for (let at = start; at < end; at++) value = fnvStep(value, codes[at]!);
      value = mix(value);
      for (let place = value & (room - 1); places[place] !== 0; place = (place + 1) & (room - 1)) {
        const entry = known[places[place]! - 1]!;
        if (entry.hash === value && isAt(entry.text, codes, start, end)) return entry;
      }
      return add(String.fromCharCode(...codes.subarray(start, end)), value);
    },
    of(text) {
      const value = hash(text, 0);
      for (let place = value & (room - 1); places[place] !== 0; place = (place + 1) & (room - 1)) {
        const entry = known[places[place]! - 1]!;
        if (entry.hash === value && entry.text === text) return entry;
      }
      return add(text, value);
    },
  };
}

function isAt(text: string, codes: Uint16Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = start; at < end; at++) if (text.charCodeAt(at - start) !== codes[at]) return false;
  return true;
}
