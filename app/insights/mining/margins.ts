import { FEATURE_BITS, type Sink } from "./features.ts";
import { byteOfRarity, rarityOfByte, type Model } from "./model.ts";
import { KNOWN_WORDS, type Word } from "./words.ts";

/** What blocks say in one model, summed as they come. */
type Reader = { sink: Sink; begin: () => void; margins: () => Float64Array };

const readers = new WeakMap<Int8Array, Reader>();
/** Titles kept in mind: a topic's statements come one after another. */
const KNOWN_NAMES = 256;

/** The same as `marginsOf`, without making a vector of the text: what mining does millions of times. Good until the next text is read. */
export function marginsIn(model: Model, fill: (sink: Sink) => void): Float64Array {
  let reader = readers.get(model.weights);
  if (!reader) readers.set(model.weights, (reader = openReader(model)));
  reader.begin();
  fill(reader.sink);
  return reader.margins();
}

function openReader({ facts: { heads }, rarity, weights }: Model): Reader {
  const count = heads.length;
  const { records, shift } = recordsOf(rarity, weights, count);
  const sums = new Float64Array(count);
  const block = new Float64Array(count);
  const margins = new Float64Array(count);
  const ofLetters = openLetters(records, shift, count);
  const named = new Map<string, { sums: Float64Array; mass: number }>();
  let places = new Int32Array(1024);
  let values = new Float64Array(1024);
  let mass = 0;

  function addBlock(weight: number, squares: number): void {
    if (squares === 0) return;
    mass += weight * weight;
    const scale = weight / Math.sqrt(squares);
    for (let head = 0; head < count; head++) sums[head]! += block[head]! * scale;
  }

  /**
   * Which buckets of a block the model knows, and what each of them counts. Without asking of each whether it is known:
   * a processor that guesses the answer wrongly waits for each bucket alone, and not for many at a time.
   */
  function meet(buckets: Int32Array, size: number, counts: Int32Array): { met: number; squares: number } {
    if (size > places.length) {
      places = new Int32Array(size * 2);
      values = new Float64Array(size * 2);
    }
    let met = 0;
    let squares = 0;
    for (let at = 0; at < size; at++) {
      const place = buckets[at]! << shift;
      const rare = records[place]! & 255;
      const times = counts[at]!;
      const value = times === 1 ? rarityOfByte(rare) : (1 + Math.log(times)) * rarityOfByte(rare);
      squares += value * value;
      places[met] = place;
      values[met] = value;
      // One more, unless it is nought.
      met += (rare + 255) >> 8;
    }
    return { met, squares };
  }

  /** What four heads say to a block, one number of the records at a time: its first is the rarity and says nothing. */
  function addFour(part: number, met: number): void {
    const [at, value, record] = [places, values, records];
    const ahead = part >> 2;
    let [one, two, three, four] = [0, 0, 0, 0];
    for (let n = 0; n < met; n++) {
      const packed = record[at[n]! + ahead]!;
      const counts = value[n]!;
      one += ((packed << 24) >> 24) * counts;
      two += ((packed << 16) >> 24) * counts;
      three += ((packed << 8) >> 24) * counts;
      four += (packed >> 24) * counts;
    }
    if (part > 0) block[part - 1] = one;
    if (part < count) block[part] = two;
    if (part + 1 < count) block[part + 1] = three;
    if (part + 2 < count) block[part + 2] = four;
  }

  const sink: Sink = {
    take(weight, buckets, size, counts) {
      const { met, squares } = meet(buckets, size, counts);
      for (let part = 0; part <= count; part += 4) addFour(part, met);
      addBlock(weight, squares);
    },
    takeLetters(weight, words) {
      block.fill(0);
      addBlock(weight, ofLetters(words, block));
    },
    takeNamed(name, fill) {
      let known = named.get(name);
      if (!known) {
        const [before, massBefore] = [sums.slice(), mass];
        sums.fill(0);
        mass = 0;
        fill(name, sink);
        known = { sums: sums.slice(), mass };
        if (named.size >= KNOWN_NAMES) named.clear();
        named.set(name, known);
        sums.set(before);
        mass = massBefore;
      }
      mass += known.mass;
      for (let head = 0; head < count; head++) sums[head]! += known.sums[head]!;
    },
  };

  return {
    sink,
    begin() {
      sums.fill(0);
      mass = 0;
    },
    margins() {
      const scale = mass > 0 ? 1 / Math.sqrt(mass) : 0;
      for (let head = 0; head < count; head++) margins[head] = sums[head]! * scale * heads[head]!.scale + heads[head]!.bias;
      return margins;
    },
  };
}

/**
 * A bucket's rarity and weights in one place of memory, four to a number: waiting for memory is most of what mining does.
 * A bucket stands `1 << shift` numbers after the one before.
 */
function recordsOf(rarity: Float32Array, weights: Int8Array, count: number): { records: Int32Array; shift: number } {
  const shift = Math.max(0, Math.ceil(Math.log2((count + 1) / 4)));
  const records = new Int32Array(1 << (FEATURE_BITS + shift));
  for (let bucket = 0; bucket < rarity.length; bucket++) {
    const from = bucket << shift;
    records[from] = byteOfRarity(rarity[bucket]!);
    for (let head = 0; head < count; head++) records[from + ((head + 1) >> 2)]! |= (weights[bucket * count + head]! & 255) << (((head + 1) & 3) * 8);
  }
  return { records, shift };
}

function weightIn(records: Int32Array, place: number, head: number): number {
  return (records[place + ((head + 1) >> 2)]! << (24 - ((head + 1) & 3) * 8)) >> 24;
}

/** Adds what the letters of words say to a block and answers their squares. What a word's letters say is summed once. */
function openLetters(records: Int32Array, shift: number, count: number): (words: Word[], block: Float64Array) => number {
  const width = count + 1;
  const held = new Float64Array(KNOWN_WORDS * width);
  /** Whose letters stand there: a number is given to another word when all are let go. */
  const owners: Word[] = [];
  const mask = (1 << FEATURE_BITS) - 1;

  function hold(word: Word): void {
    const { id, letters } = word;
    const at = id * width;
    held.fill(0, at, at + width);
    for (let n = 0; n < letters.length; n++) {
      const from = (letters[n]! & mask) << shift;
      const rare = rarityOfByte(records[from]! & 255);
      if (rare === 0) continue;
      held[at + count]! += rare * rare;
      for (let head = 0; head < count; head++) held[at + head]! += weightIn(records, from, head) * rare;
    }
    owners[id] = word;
  }

  return (words, block) => {
    let squares = 0;
    for (let n = 0; n < words.length; n++) {
      const word = words[n]!;
      if (word.letters.length === 0) continue;
      if (owners[word.id] !== word) hold(word);
      const at = word.id * width;
      squares += held[at + count]!;
      for (let head = 0; head < count; head++) block[head]! += held[at + head]!;
    }
    return squares;
  };
}
