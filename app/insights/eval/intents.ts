import path from "node:path";
import { claimOf, intentLikelihoods, indexOfMost, isReadTwice } from "../mining/classify.ts";
import { intents, type Intent } from "../mining/kinds.ts";
import type { Model } from "../mining/model.ts";
import { withEmbeddings } from "../training/embed-examples.ts";
import { goldExamples, sourceNameOf, taggedExamples, topicExamples, writtenExamples } from "../training/read-examples.ts";
import { countsOf, FOLDS, foldOf, trainModel, type Example } from "../training/train-model.ts";
import { trainingSources } from "../training/training-sources.ts";
import { ISSUE_INTENTS, readIssues } from "./nlbse.ts";
import { readGold } from "../gold/read-gold.ts";
import { standsFor } from "../gold/stands-for.ts";
import { bandFigures, type Banded } from "./band.ts";
import { f1Of } from "./measure.ts";

/** Of a model that is measured and thrown away. */
export const NO_FACTS = { version: "measured", trainedOn: [], trainedAt: "", scores: {} };
/** Intents that the gold set's test part holds often enough to say anything of. */
const MEASURED = ["bug", "feature", "complaint", "praise", "question", "other"] as const;

/** Statements of topics that were not learnt from: those begun later, and a fifth of the demo's. */
export async function goldFigures(dataFolder: string): Promise<Record<string, number>> {
  const bicycles = path.join(dataFolder, "stackexchange-bicycles-meta");
  const test = await withEmbeddings(goldExamples(bicycles).filter(({ isTest }) => isTest));
  if (test.length < 300) return {};
  const tested = new Set(test.map(({ group }) => group));
  const model = trainModel((await withEmbeddings(forIntent(trainingSources(dataFolder).examples))).filter(({ group }) => !tested.has(group)), NO_FACTS);
  const told = test.map((example) => ({ example, ...tellOf(model, example) }));
  const isAlone = (one: Told & { example: Example }) => actsAlone(model, one);
  const shares = standsFor(readGold(bicycles).filter(({ isTest }) => isTest), bicycles);
  const { macro, accuracy, perClass } = f1Of(told.map(({ intent }) => intent), test.map(({ intent }) => intent!), MEASURED);
  return {
    "gold.macroF1": macro,
    "gold.accuracy": accuracy,
    ...Object.fromEntries(MEASURED.map((name) => [`gold.f1.${name}`, perClass[name]!])),
    ...aloneFigures(told, isAlone, "gold.autoShareAt90", "gold.autoPrecision"),
    // Sentences with a cue were drawn more often than they are said; these are talk as it comes.
    ...aloneFigures(told.filter(({ example }) => example.drawn === "random"), isAlone, "gold.autoShareOfRandom", "gold.autoPrecisionOfRandom"),
    ...bandFigures("band", told.map((one, at) => bandedOf(model, one, shares[at]!))),
    "gold.calibrationError": calibrationError(told.map(({ confidence, intent, example }) => ({ confidence, isRight: intent === example.intent }))),
  };
}

/**
 * The automatic band over all labelled statements, each told by a model that learnt from other topics, and each counting
 * for as many as it stands for: what share of all that is said acts alone, and how often that is right.
 */
export async function bandInFolds(dataFolder: string): Promise<Record<string, number>> {
  const bicycles = path.join(dataFolder, "stackexchange-bicycles-meta");
  const gold = await withEmbeddings(goldExamples(bicycles));
  const shares = standsFor(readGold(bicycles), bicycles);
  if (!shares.some((share) => share > 0)) return {};
  const examples = await withEmbeddings(forIntent(trainingSources(dataFolder).examples));
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const model = trainModel(examples.filter(({ group }) => foldOf(group) !== fold || group.endsWith(".jsonl")), NO_FACTS);
    return gold.flatMap((example, at) => (foldOf(example.group) === fold ? [bandedOf(model, { example, ...tellOf(model, example) }, shares[at]!)] : []));
  });
  return bandFigures("band.inFolds", judged.flat());
}

function actsAlone(model: Model, { intent, confidence, example }: Told & { example: Example }): boolean {
  return confidence >= (model.facts.scores[`auto.${isReadTwice(model, example.embedding) ? "second." : ""}${intent}`] ?? 1.01);
}

function bandedOf(model: Model, one: Told & { example: Example }, share: number): Banded {
  return { isAlone: actsAlone(model, one), isRight: one.intent === one.example.intent, standsFor: share, topic: one.example.group };
}

/** How many of what was told acts alone, and how often that is right. */
function aloneFigures(told: (Told & { example: Example })[], isAlone: (one: Told & { example: Example }) => boolean, share: string, precision: string): Record<string, number> {
  const alone = told.filter(isAlone);
  const right = alone.filter(({ intent, example }) => intent === example.intent).length;
  return told.length === 0 ? {} : { [share]: alone.length / told.length, [precision]: alone.length === 0 ? 0 : right / alone.length };
}

/** Feelings are measured elsewhere; without them this takes half as long. */
export function forIntent(examples: Example[]): Example[] {
  return examples.filter(({ intent }) => intent !== undefined).map((example) => ({ ...example, sentiment: undefined }));
}

/** How far the stated confidence is from how often it was right, over ten steps of confidence (expected calibration error). */
export function calibrationError(told: { confidence: number; isRight: boolean }[]): number {
  let error = 0;
  for (let step = 0; step < 10; step++) {
    const part = told.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === step);
    if (part.length === 0) continue;
    const stated = part.reduce((sum, { confidence }) => sum + confidence, 0);
    error += Math.abs(stated - part.filter(({ isRight }) => isRight).length);
  }
  return told.length === 0 ? 0 : error / told.length;
}

/**
 * What the shipped way of learning makes of the topics of a dump, against the dump's own tags. A dump whose statements
 * or topics are learnt from is measured with folds of its topics held out; `isUnseen` is then false.
 */
export async function stackExchangeFigures(dataFolder: string, folder: string, shipped: Model): Promise<{ figures: Record<string, number>; isUnseen: boolean }> {
  const asked = await withEmbeddings(taggedExamples(folder));
  if (asked.length === 0) return { figures: {}, isUnseen: true };
  const isUnseen = !shipped.facts.trainedOn.some(({ name }) => name.startsWith(`${sourceNameOf(folder)} `));
  if (isUnseen) return { figures: tagFigures("stackexchange", asked, asked.map((example) => tellOf(shipped, example))), isUnseen };
  const examples = await withEmbeddings(forIntent(trainingSources(dataFolder).examples));
  const told = asked.map(() => ({ intent: "other" as Intent, three: "question" as Intent, confidence: 0 }));
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = trainModel(examples.filter(({ group }) => foldOf(group) !== fold || group.endsWith(".jsonl")), NO_FACTS);
    asked.forEach((example, at) => {
      if (foldOf(example.group) === fold) told[at] = tellOf(model, example);
    });
  }
  return { figures: tagFigures("stackexchange", asked, told), isUnseen };
}

/** The nearest thing to a community nobody has seen: learnt from the written posts and the demo alone, tested on other places. */
export async function transferFigures(dataFolder: string): Promise<Record<string, number>> {
  const bicycles = path.join(dataFolder, "stackexchange-bicycles-meta");
  const unseen = await withEmbeddings(taggedExamples(bicycles));
  const allRead = await withEmbeddings(topicExamples(bicycles));
  const read = allRead.filter(({ intent }) => (ISSUE_INTENTS as readonly string[]).includes(intent!));
  const issues = await withEmbeddings((readIssues(dataFolder, "train") ?? []).filter((_, at) => at % 3 === 0));
  const written = await withEmbeddings(writtenExamples());
  const own = forIntent([...written, ...(await withEmbeddings(goldExamples().filter(({ source }) => source === "demo")))]);
  const model = trainModel(own, NO_FACTS);
  const betweenWritten = ["metas", "products"].map((place) => {
    const there = written.filter(({ source, intent }) => source.startsWith(place) && (ISSUE_INTENTS as readonly string[]).includes(intent!));
    const elsewhere = trainModel(own.filter(({ source }) => !source.startsWith(place) && !source.startsWith("statements")), NO_FACTS);
    return [`transfer.written.${place}`, f1Of(there.map((example) => tellOf(elsewhere, example).three), there.map(({ intent }) => intent!), ISSUE_INTENTS).macro] as const;
  });
  return {
    ...(unseen.length > 0 ? tagFigures("transfer.bicycles", unseen, unseen.map((example) => tellOf(model, example))) : {}),
    // The same place as a reader took its topics, tagged or not: four times as many. That reader meets the tags as often as `reader` says.
    ...(read.length > 0 ? readerFigures(unseen, allRead) : {}),
    ...(read.length > 0 ? tagFigures("transfer.topics", read, read.map((example) => tellOf(model, example))) : {}),
    ...kindFigures("written.kinds", (model.facts.measuredTwice ?? model.facts.measured!).post),
    ...(issues.length > 0 ? { "transfer.nlbse2024": f1Of(issues.map((example) => tellOf(model, example).three), issues.map(({ intent }) => intent!), ISSUE_INTENTS).macro } : {}),
    ...Object.fromEntries(betweenWritten),
  };
}

/** How often somebody who read each topic whole took it for what its members had tagged it: no more can be asked of a machine. */
function readerFigures(tagged: Example[], read: Example[]): Record<string, number> {
  const byTopic = new Map(read.map(({ group, intent }) => [group, intent!]));
  const { macro, accuracy, perClass } = f1Of(tagged.map(({ group }) => byTopic.get(group) ?? "other"), tagged.map(({ intent }) => intent!), ISSUE_INTENTS);
  return { "reader.bicycles.macroF1": macro, "reader.bicycles.accuracy": accuracy, ...Object.fromEntries(ISSUE_INTENTS.map((name) => [`reader.bicycles.f1.${name}`, perClass[name]!])) };
}

/** All ten kinds of written posts, each told by a model that learnt from other files: products and places nobody knew. */
function kindFigures(prefix: string, matrix: number[][]): Record<string, number> {
  const pairs = matrix.flatMap((row, claimed) => row.flatMap((count, truth) => Array.from({ length: count }, () => [intents[claimed]!, intents[truth]!] as const)));
  const { macro, accuracy, perClass } = f1Of(pairs.map(([claimed]) => claimed), pairs.map(([, truth]) => truth), intents);
  return { [`${prefix}.macroF1`]: macro, [`${prefix}.accuracy`]: accuracy, ...Object.fromEntries(intents.map((name) => [`${prefix}.f1.${name}`, perClass[name]!])), [`${prefix}.posts`]: pairs.length };
}

/** `macroF1` counts what the classifier says, of all ten intents; `macroF1OfThree` lets it choose among the three that the tags know. */
function tagFigures(prefix: string, asked: Example[], told: Told[]): Record<string, number> {
  const truths = asked.map(({ intent }) => intent!);
  const all = f1Of(told.map(({ intent }) => intent), truths, ISSUE_INTENTS);
  return {
    [`${prefix}.macroF1`]: all.macro,
    [`${prefix}.macroF1OfThree`]: f1Of(told.map(({ three }) => three), truths, ISSUE_INTENTS).macro,
    ...Object.fromEntries(ISSUE_INTENTS.map((name) => [`${prefix}.f1.${name}`, all.perClass[name]!])),
    [`${prefix}.topics`]: asked.length,
  };
}

type Told = { intent: Intent; three: Intent; confidence: number };

export function tellOf(model: Model, example: Example): Told {
  const unit = example.kind === "post" ? "post" : "statement";
  const likelihoods = intentLikelihoods(model, countsOf(example), unit, example.embedding);
  const best = claimOf(model, likelihoods, unit, isReadTwice(model, example.embedding));
  const three = ISSUE_INTENTS[indexOfMost(ISSUE_INTENTS.map((name) => likelihoods[intents.indexOf(name)]!))]!;
  return { intent: intents[best]!, three, confidence: likelihoods[best]! };
}
