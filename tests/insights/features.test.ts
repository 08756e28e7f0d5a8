import fc from "fast-check";
import { expect, test } from "vitest";
import { classify } from "#app/insights/mining/classify.ts";
import { countFeatures, FEATURE_BITS, statementBlocks, weigh } from "#app/insights/mining/features.ts";
import { hash, mix } from "#app/insights/mining/hash.ts";
import { marginsIn } from "#app/insights/mining/margins.ts";
import { marginsOf, readModel } from "#app/insights/mining/model.ts";
import { wordsOf } from "#app/insights/mining/words.ts";

/** Words and signs as people type them, and as nobody should. */
const pieces = fc.constantFrom(
  ..."the button it I’ve can't wouldn't CRASHES Please add 404 503 5030 x404 4.3.1 7 _ ' ’ ! ?! ... … ( ) @ # “quoted” 漢字 привет İ ı ß ſ K é e\u0301 😀 👍🏽 \ud800 \udc00 \u0000 \ufeff \u2028 ½ Ⅷ ٣ http:// https://a.b/c?d=1 HTTP://X www. www.x.y hwww.x not good broken".split(" "),
);
const hostile = fc.array(fc.oneof(pieces, pieces, fc.constantFrom(" ", " ", "\n", "\u00a0", "\u3000"), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 60 }).map((all) => all.join(""));
const typed = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(" "));
const texts = fc.oneof(hostile, typed);

/** What a word is, as a rule says it. */
function wordsByRule(text: string): string[] {
  const plain = text.slice(0, 6000).toLowerCase().replace(/’/g, "'").replace(/https?:\/\/\S+|www\.\S+/g, " _url_ ").replace(/\d+(?:\.\d+)+/g, " _version_ ").replace(/\b[45]\d\d\b/g, " _code_ ").replace(/\d+/g, "0");
  return (plain.match(/[\p{L}\p{N}_]+(?:['’]\p{L}+)?|[!?]+|[^\s\p{L}\p{N}_]/gu) ?? []).slice(0, 300);
}

/** How often each bucket is met, in the order of meeting. */
function counted(values: number[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bucket = value & ((1 << FEATURE_BITS) - 1);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return [...counts];
}

function runsOfWords(words: string[]): number[] {
  return words.flatMap((_, at) =>
    [1, 2, 3].flatMap((length) => {
      const run = words.slice(at, at + length);
      if (run.length < length) return [];
      const value = run.slice(1).reduce((sum, word) => mix(Math.imul(sum, 0x9e3779b1) ^ hash(word, 0)), mix(hash(run[0]!, 0)));
      return [length === 1 ? value : value ^ (length * 0x1000193)];
    }),
  );
}

function runsOfLetters(words: string[]): number[] {
  return words.filter(({ length }) => length >= 3 && length <= 24).flatMap((word) => {
    const framed = `<${word}>`;
    // The same as a hash of the run, begun elsewhere.
    const valueOf = (run: string) => mix(run.split("").reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 0x01000193), 0x2c1b3c6d));
    return framed.split("").flatMap((_, at) => [3, 4, 5].flatMap((length) => (at + length <= framed.length ? [valueOf(framed.slice(at, at + length))] : [])));
  });
}

test("words are cut as the rule says, whatever the text", () => {
  fc.assert(fc.property(texts, (text) => {
    expect(wordsOf(text)).toEqual(wordsByRule(text));
  }), { numRuns: 300 });
});

test("runs of words and of letters are counted as if each were cut out and hashed", () => {
  fc.assert(
    fc.property(fc.oneof(texts, typed.map((text) => text.repeat(9))), (text) => {
      const words = wordsByRule(text);
      const [ofWords, ofLetters] = countFeatures(text);
      const pairs = ({ buckets, counts }: { buckets: Int32Array; counts: Int32Array }) => Array.from(buckets, (bucket, at) => [bucket, counts[at]!]);
      expect(pairs(ofWords!)).toEqual(counted(runsOfWords(words)));
      expect(pairs(ofLetters!)).toEqual(counted(runsOfLetters(words)));
    }),
    { numRuns: 60 },
  );
});

test("what a model says in passing is what it says of the counted features, and the same each time", () => {
  const model = readModel("intents");
  fc.assert(
    fc.property(texts, texts, fc.boolean(), (text, title, isReply) => {
      const context = { title, isReply };
      const inPassing = Array.from(marginsIn(model, (sink) => statementBlocks(text, context, sink)));
      const ofCounted = Array.from(marginsOf(model, weigh(countFeatures(text, context), model.rarity)));
      inPassing.forEach((margin, head) => expect(margin).toBeCloseTo(ofCounted[head]!, 3));
      const first = classify(model, text, context);
      classify(model, title);
      expect(classify(model, text, context)).toEqual(first);
    }),
    { numRuns: 40 },
  );
});
