/**
 * Words as people use them: few very often, most hardly ever (Zipf-Mandelbrot, exponent 1, offset 2.7). The commonest are
 * English; the others are made of syllables with English endings, so that stems, typing errors and beginnings of words
 * behave like a language without a dictionary having to be shipped. The same seed gives the same words.
 */
export function makeCorpus(seed: number) {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const words = [...FUNCTION_WORDS];
  const known = new Set(words);
  while (words.length < VOCABULARY) {
    // The more often a word is used, the shorter it is.
    const syllables = 1 + Math.floor(Math.log10(words.length) - 2.7 + random() * 1.2);
    let stem = "";
    for (let n = 0; n < Math.max(1, syllables); n++) stem += pick(ONSETS) + pick(VOWELS) + pick(CODAS);
    for (const ending of random() < 0.35 ? ["", ...ENDINGS.filter(() => random() < 0.4)] : [""]) {
      const word = stem + ending;
      if (word.length < 3 || known.has(word)) continue;
      known.add(word);
      words.push(word);
    }
  }
  words.length = VOCABULARY;

  const ranks = ranksByShare(words.length);
  const any = () => words[ranks[Math.floor(random() * ranks.length)]!]!;
  const subjects = Array.from({ length: SUBJECTS }, () => Array.from({ length: 60 }, () => words[200 + Math.floor(random() ** 2 * 20_000)]!));
  // Of a subject's words, too, the first are the commonest.
  const about = (subject: number) => subjects[subject]![Math.floor(random() ** 2 * 60)]!;

  return {
    random,
    isFunctionWord: (word: string) => FUNCTION_WORDS.includes(word),
    /** The subject of a topic: some are far more popular than others. */
    subject: () => Math.floor(random() ** 2 * SUBJECTS),
    title: (subject: number) => capital(Array.from({ length: 4 + Math.floor(random() * 5) }, () => (random() < 0.5 ? about(subject) : any())).join(" ")),
    /** Sentences, 79 words in the mean, seldom hundreds. A quarter of the words belong to the subject. */
    text(subject: number): string {
      const length = Math.min(2000, Math.max(4, Math.round(Math.exp(3.95 + 0.9 * normal(random)))));
      const sentences: string[] = [];
      for (let left = length; left > 0; ) {
        const count = Math.min(left, 5 + Math.floor(random() * 18));
        sentences.push(`${capital(Array.from({ length: count }, () => (random() < 0.25 ? about(subject) : any())).join(" "))}.`);
        left -= count;
      }
      return sentences.join(" ");
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A misspelling as fingers make it: two letters the wrong way round, one too few, one too many or another one. */
export function misspelt(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const letter = "etaoinshrdlu"[Math.floor(random() * 12)]!;
  switch (Math.floor(random() * 4)) {
    case 0: return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
    case 1: return word.slice(0, at) + word.slice(at + 1);
    case 2: return word.slice(0, at) + letter + word.slice(at);
    default: return word.slice(0, at) + letter + word.slice(at + 1);
  }
}

const VOCABULARY = 60_000;
const SUBJECTS = 1000;

const ONSETS = "b c d f g h l m n p r s t v w b c d f g h l m n p r s t v w br cl cr dr fl gr pl pr sh sp st th tr".split(" ");
const VOWELS = "a e i o u a e i o a e i o ea ou oo".split(" ");
const CODAS = ["", "", "", "", "", "", "", "", "", ..."ck d g l m n n nd nt p r r s s st t t".split(" ")];
const ENDINGS = "s ed ing er ly ness".split(" ");
const FUNCTION_WORDS = (
  "the to of and a in is that for it on you this with be as have are not or if but i my can was at from by your we an will what so there do they when " +
  "would just which one all about more how me up some out use no has like get only them than also other any time then want need could after does even " +
  "because should good very it's first make know work same see into used much still its too who where here over way new before most think might since " +
  "while through using both each being many between those such own these every without during under again"
).split(" ");

/** For each of four million equal shares of all that is said, the rank of the word that has it. */
function ranksByShare(count: number): Uint16Array {
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1 + 2.7));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = new Uint16Array(1 << 22);
  let rank = 0;
  let reached = weights[0]!;
  for (let n = 0; n < shares.length; n++) {
    while ((n + 0.5) / shares.length > reached / total && rank < count - 1) reached += weights[++rank]!;
    shares[n] = rank;
  }
  return shares;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
