import { claimOf, indexOfMost, intentLikelihoods, isReadTwice } from "../mining/classify.ts";
import { weigh, type FeatureVector } from "../mining/features.ts";
import { intents, type Intent } from "../mining/kinds.ts";
import { UNSEEN_RARITY, type LocalWeights, type Model } from "../mining/model.ts";
import { localVector } from "../mining/second-reading.ts";
import { fitOver } from "./fit-over.ts";
import { plainSentences, type PlainSentence } from "./plain-sentences.ts";
import { countsOf, type Example } from "./train-model.ts";

/** What a person said a statement or post is. `at` orders them in time. */
export type Correction = Pick<Example, "kind" | "title" | "text" | "embedding"> & { intent: Intent; at: number };

/** Before this many labels nothing is learnt: the first handful makes any model worse. */
export const FEWEST_LABELS = 30;
/**
 * How hard corrections pull, and how sure the shipped model is held to be while they are learnt and weighed: of a place it
 * never saw it is surer than it is right. Both picked on fifteen curves of issues, see FIGURES.md.
 */
const STRENGTH = 10;
const SURENESS = 0.6;
/** What a plain sentence counts beside a correction: said again while learning, it stays what it is (rehearsal: Robins, 1995). */
const PLAIN_WEIGHT = 0.5;
const FOLDS = 5;
/** How much of what was learnt may count: all of it, or a part. */
const PARTS = [0.25, 0.5, 1];
/** What corrections that were held back gain must be more than so much of its standard error: a gain by luck is a loss elsewhere. */
const CERTAINTY = 0.5;
/** What is seldom corrected counts for more, up to so many times. */
const MOST_WEIGHT = 4;
/** Of the last third, in order of time, so many may be told worse than before: one in ten. */
const LATER_LOSS = 0.1;

/** How corrections that were not learnt from are told: how often right, and kind by kind how often claimed and how often that was right. */
export type Told = { right: number; claimed: number[]; rightOf: number[] };

/** What came of learning: `few` corrections, `no_better` on those held back, or taken. `held` says how many were held back. */
export type Lesson = { local: LocalWeights | null; outcome: "few" | "no_better" | "taken"; held: number; before: Told; after: Told };

/**
 * What a community's corrections add to the shipped model, or null when that would not help: there are fewer than
 * thirty, or it is not certain that those held back in turn, a fifth at a time, are told better by what the others
 * teach, or learnt from the earlier two thirds the last third, in order of time, are told worse. It counts whole, by
 * half or by a quarter, as the gain is most certain. Pure: the same corrections give the same weights. Put the outcome
 * into `model.local`.
 */
export function learnFrom(shipped: Model, corrections: Correction[], plain = plainSentences): LocalWeights | null {
  return lessonOf(shipped, corrections, plain).local;
}

/** The same with the figures that decided it. */
export function lessonOf(shipped: Model, corrections: Correction[], plain = plainSentences): Lesson {
  const ordered = corrections.toSorted((a, b) => a.at - b.at);
  if (ordered.length < FEWEST_LABELS) return { local: null, outcome: "few", held: 0, before: tell(shipped, []), after: tell(shipped, []) };
  const evenly = evenWeights(ordered);
  const among = kindsOf(ordered);
  const before = tell(shipped, ordered, evenly, among);
  const ways = tellInFolds(shipped, ordered, evenly, plain);
  // Labels without rhyme or reason make any model less sure, and so less surprised: that much doubt alone would do as well.
  const better = ways.filter(({ told }) => told.rightEvenly > before.rightEvenly - 1e-9 && sumOf(told.surprises) < before.surpriseInDoubt);
  const [best] = better.map((way) => ({ ...way, gain: certainGain(before.surprises, way.told.surprises) })).sort((a, b) => b.gain - a.gain);
  const isBetter = best !== undefined && best.gain > 0 && staysTrue(shipped, ordered, best.part, plain);
  // Plain sentences stay what they are, if by learning less.
  const whole = isBetter ? learn(shipped, ordered, plain) : undefined;
  const part = PARTS.toReversed().find((part) => whole && part <= best!.part && keepsPlain(shipped, scaled(whole, part), plain));
  return { local: part ? scaled(whole!, part) : null, outcome: part ? "taken" : "no_better", held: ordered.length, before, after: (best ?? ways.at(-1)!).told };
}

/** How each correction is told by what was learnt from the others, and by a part of that: every one is asked about once, and few are wasted. */
function tellInFolds(shipped: Model, ordered: Correction[], weights: number[], plain: readonly PlainSentence[]): { part: number; told: Told & { rightEvenly: number; surprises: number[] } }[] {
  const among = kindsOf(ordered);
  const learnt = Array.from({ length: FOLDS }, (_, fold) => learn(shipped, ordered.filter((_, at) => at % FOLDS !== fold), plain));
  return PARTS.map((part) => {
    const folds = learnt.map((local, fold) => tell({ ...shipped, local: scaled(local, part) }, ordered.filter((_, at) => at % FOLDS === fold), weights.filter((_, at) => at % FOLDS === fold), among));
    const sum = (of: (told: (typeof folds)[number]) => number) => sumOf(folds.map(of));
    const told = { right: sum(({ right }) => right), rightEvenly: sum(({ rightEvenly }) => rightEvenly), claimed: intents.map((_, k) => sum(({ claimed }) => claimed[k]!)), rightOf: intents.map((_, k) => sum(({ rightOf }) => rightOf[k]!)) };
    return { part, told: { ...told, surprises: ordered.map((_, at) => folds[at % FOLDS]!.surprises[Math.floor(at / FOLDS)]!) } };
  });
}

/** By how much less each surprises on the mean, less what chance may have done to that. */
export function certainGain(before: number[], after: number[]): number {
  const gains = before.map((surprise, at) => surprise - after[at]!);
  const mean = sumOf(gains) / gains.length;
  const spread = Math.sqrt(sumOf(gains.map((gain) => (gain - mean) ** 2)) / (gains.length - 1));
  return mean - (CERTAINTY * spread) / Math.sqrt(gains.length);
}

/** Whether what people said at first still holds for what they said last. */
function staysTrue(shipped: Model, ordered: Correction[], part: number, plain: readonly PlainSentence[]): boolean {
  const cut = Math.floor((ordered.length * 2) / 3);
  const later = ordered.slice(cut);
  return tell({ ...shipped, local: scaled(learn(shipped, ordered.slice(0, cut), plain), part) }, later).right >= tell(shipped, later).right - later.length * LATER_LOSS;
}

/** Whether every plain sentence that is told rightly as shipped still is. */
function keepsPlain(shipped: Model, local: LocalWeights, plain: readonly PlainSentence[]): boolean {
  const tells = (model: Model, { text, intent, embedding }: PlainSentence) => {
    const likelihoods = intentLikelihoods(model, countsOf({ kind: "statement", title: "", text, group: "", source: "" }), "statement", embedding);
    return intents[claimOf(model, likelihoods, "statement", isReadTwice(model, embedding))] === intent;
  };
  return plain.every((one) => !tells(shipped, one) || tells({ ...shipped, local }, one));
}

function scaled(local: LocalWeights, part: number): LocalWeights {
  return part === 1 ? local : new Map([...local].map(([bucket, row]) => [bucket, row.map((weight) => weight * part)]));
}

function sumOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function learn(shipped: Model, corrections: Correction[], plainOnes: readonly PlainSentence[]): LocalWeights {
  const own = corrections.map((one) => seenBy(shipped, { ...one, group: "", source: "" }));
  const evenly = evenWeights(corrections);
  const met = new Set(own.flatMap(({ vector }) => [...vector.indices]));
  const plain = plainOnes
    .map((one) => seenBy(shipped, { ...one, kind: "statement", title: "", group: "", source: "" }))
    .filter(({ base, label }) => indexOfMost(base) === label)
    // Only what corrections could change: more would answer for itself and leave the rest to drift.
    .map((one) => ({ ...one, vector: only(met, one.vector) }));
  const all = [...own, ...plain];
  const fitted = fitOver(all.map(({ vector }) => vector), all.map(({ label }) => label), {
    classes: intents.length, strength: STRENGTH, base: (at) => all[at]!.base.map((score) => SURENESS * score), weights: all.map((_, at) => evenly[at] ?? PLAIN_WEIGHT),
  });
  // Added to what is shipped in full: what corrections say nothing of is told as surely as before.
  return scaled(fitted, 1 / SURENESS);
}

/**
 * What each correction counts, so that all intents among them count alike: what is asked about is what was in doubt, and how
 * often each intent is among that says nothing of how often it is said.
 */
export function evenWeights(corrections: Correction[]): number[] {
  const times = new Map<Intent, number>();
  for (const { intent } of corrections) times.set(intent, (times.get(intent) ?? 0) + 1);
  return corrections.map(({ intent }) => Math.min(MOST_WEIGHT, corrections.length / times.size / times.get(intent)!));
}

/** An example as what is shipped sees it, and as corrections may. */
function seenBy(shipped: Model, example: Example) {
  const { embedding } = example;
  const counted = countsOf(example);
  const base = intentLikelihoods({ ...shipped, local: undefined }, counted, example.kind === "post" ? "post" : "statement", embedding).map((likelihood) => Math.log(likelihood + 1e-12));
  const words = weigh(counted, shipped.rarity, UNSEEN_RARITY);
  return { vector: embedding && shipped.second ? joined(words, localVector(shipped.second, embedding)) : words, base, label: intents.indexOf(example.intent!) };
}

function joined(a: FeatureVector, b: FeatureVector): FeatureVector {
  return { indices: Int32Array.from([...a.indices, ...b.indices]), values: Float32Array.from([...a.values, ...b.values]) };
}

function only(met: ReadonlySet<number>, { indices, values }: FeatureVector): FeatureVector {
  const kept = (_: number, at: number) => met.has(indices[at]!);
  return { indices: indices.filter(kept), values: values.filter(kept) };
}

/** Powers of likelihoods that make a model less sure, from knowing all that it says down to not knowing anything. */
const DOUBTS = [1, 0.5, 0.35, 0.2, 0];

/**
 * How a model tells corrections that it did not learn from. `surprises` are the logarithms of how unlikely it held what was
 * so, `surpriseInDoubt` their sum had it been as unsure as would have been best, `rightEvenly` those told right, each by its
 * weight, as it is in the surprises.
 */
export function tell(model: Model, corrections: Correction[], weights = corrections.map(() => 1), among = kindsOf(corrections)): Told & { rightEvenly: number; surprises: number[]; surpriseInDoubt: number } {
  const inDoubt = DOUBTS.map(() => 0);
  const told = { right: 0, rightEvenly: 0, surprises: [] as number[], claimed: intents.map(() => 0), rightOf: intents.map(() => 0) };
  corrections.forEach((one, at) => {
    const unit = one.kind === "post" ? "post" : "statement";
    const likelihoods = intentLikelihoods(model, countsOf({ ...one, group: "", source: "" }), unit, one.embedding);
    const truth = intents.indexOf(one.intent);
    const claim = claimOf(model, likelihoods, unit, isReadTwice(model, one.embedding));
    told.claimed[claim]!++;
    if (claim === truth) {
      told.right++;
      told.rightOf[claim]!++;
      told.rightEvenly += weights[at]!;
    }
    told.surprises.push(weights[at]! * surprise(likelihoods, truth, SURENESS, among));
    DOUBTS.forEach((doubt, of) => (inDoubt[of]! += weights[at]! * surprise(likelihoods, truth, doubt, among)));
  });
  return { ...told, surpriseInDoubt: Math.min(sumOf(told.surprises), ...inDoubt) };
}

/** How little was thought of what was so, among the kinds that occur, by likelihoods to a power that makes them less sure. */
function surprise(likelihoods: number[], truth: number, power: number, among: readonly number[]): number {
  const doubted = (k: number) => Math.max(1e-9, likelihoods[k]!) ** power;
  return -Math.log(doubted(truth) / sumOf(among.map(doubted)));
}

/**
 * The places of the intents that corrections name. To learn that the others do not occur is no gain: chance would bring it.
 * Where all name one, there is nothing else to hold it against.
 */
function kindsOf(corrections: Correction[]): number[] {
  const named = [...new Set(corrections.map(({ intent }) => intents.indexOf(intent)))];
  return named.length > 1 ? named : intents.map((_, k) => k);
}
