import path from "node:path";
import { intents } from "../mining/kinds.ts";
import type { Model } from "../mining/model.ts";
import { goldExamples, topicExamples, writtenExamples } from "../training/read-examples.ts";
import { plainSentences, type PlainSentence } from "../training/plain-sentences.ts";
import { withEmbeddings } from "../training/embed-examples.ts";
import { learnFrom, type Correction } from "../training/learn-from.ts";
import { pickForReview } from "../training/review-queue.ts";
import { countsOf, trainModel, type Example } from "../training/train-model.ts";
import { intentLikelihoods } from "../mining/classify.ts";
import { forIntent, NO_FACTS, tellOf } from "./intents.ts";
import { f1Of, mean } from "./measure.ts";
import { ISSUE_INTENTS, readIssues, type Issue } from "./nlbse.ts";

/** After how many corrections it is looked at again. */
const STEPS = [0, 15, 30, 60, 100, 150];
const AT_ONCE = 15;

/**
 * A product that nobody has seen, corrected: for each repository of NLBSE'24 a model learns from the four others, our
 * written posts and the demo; the queue then picks issues of the fifth, their labels are told, and what is learnt from
 * them is tested on its other issues (its test half where it is there, else every third). Mean over the five.
 */
export async function correctionFigures(dataFolder: string): Promise<Record<string, number>> {
  const own = await withEmbeddings([...writtenExamples(), ...goldExamples().filter(({ source }) => source === "demo")]);
  return { ...(await issueCorrections(dataFolder, own)), ...(await forumCorrections(dataFolder, own)) };
}

/**
 * The same on a community site that nobody has seen: what learnt from our written posts and the demo is corrected on two
 * thirds of the topics of bicycles.meta, by what a reader took them for, and tested on the rest. Mean over the three.
 */
async function forumCorrections(dataFolder: string, own: Example[]): Promise<Record<string, number>> {
  const read = (await withEmbeddings(topicExamples(path.join(dataFolder, "stackexchange-bicycles-meta")))).filter(({ intent }) => (ISSUE_INTENTS as readonly string[]).includes(intent!));
  if (read.length === 0) return {};
  const start = trainModel(forIntent(own), NO_FACTS);
  const plain = await embeddedPlain();
  const curves = [0, 1, 2].map((third) => curveOf(start, read.filter((_, at) => at % 3 !== third), read.filter((_, at) => at % 3 === third), plain));
  return Object.fromEntries(STEPS.map((step, at) => [`corrections.forum.f1At${step}`, mean(curves.map((curve) => curve[at]!))]));
}

async function issueCorrections(dataFolder: string, own: Example[]): Promise<Record<string, number>> {
  const train = await issuesOf(dataFolder, "train");
  if (!train) return {};
  const test = await issuesOf(dataFolder, "test");
  const plain = await embeddedPlain();
  const curves = [...new Set(train.map(({ repo }) => repo))].map((repo) => {
    const here = train.filter((issue) => issue.repo === repo);
    const pool = test ? here : here.filter((_, at) => at % 3 !== 0);
    const asked = test ? test.filter((issue) => issue.repo === repo) : here.filter((_, at) => at % 3 === 0);
    const start = trainModel(forIntent([...own, ...train.filter((issue) => issue.repo !== repo)]), NO_FACTS, { calibratedOn: [2, 3] });
    return curveOf(start, pool, asked, plain);
  });
  return {
    ...Object.fromEntries(STEPS.map((step, at) => [`corrections.f1At${step}`, mean(curves.map((curve) => curve[at]!))])),
    // How far any of them ever fell below its start.
    "corrections.worst": Math.min(...curves.flatMap((curve) => curve.map((figure) => figure - curve[0]!))),
  };
}

async function embeddedPlain(): Promise<PlainSentence[]> {
  return withEmbeddings(plainSentences.map((one) => ({ ...one, kind: "statement" as const, title: "", group: "", source: "" })));
}

async function issuesOf(dataFolder: string, part: "train" | "test"): Promise<Issue[] | undefined> {
  const issues = readIssues(dataFolder, part);
  return issues && withEmbeddings(issues);
}

/** How well the asked are told after each number of corrections. */
export function curveOf(start: Model, pool: Example[], asked: Example[], plain: readonly PlainSentence[]): number[] {
  let model = start;
  const left = new Map(pool.map((example, id) => [id, example]));
  const corrections: Correction[] = [];
  return STEPS.map((step) => {
    while (corrections.length < step && left.size > 0) {
      const candidates = [...left].map(([id, example]) => ({ id, text: `${example.title} ${example.text}`, likelihoods: amongThree(model, example) }));
      for (const id of pickForReview(candidates, Math.min(AT_ONCE, step - corrections.length))) {
        const { kind, title, text, intent, embedding } = left.get(id)!;
        corrections.push({ kind, title, text, intent: intent!, embedding, at: corrections.length });
        left.delete(id);
      }
      const local = learnFrom(start, corrections, plain);
      model = local ? { ...start, local } : start;
    }
    return f1Of(asked.map((example) => tellOf(model, example).three), asked.map(({ intent }) => intent!), ISSUE_INTENTS).macro;
  });
}

function amongThree(model: Model, example: Example): number[] {
  const likelihoods = intentLikelihoods(model, countsOf(example), "post", example.embedding);
  return ISSUE_INTENTS.map((name) => likelihoods[intents.indexOf(name)]!);
}
