import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { indexOfMost } from "../mining/classify.ts";
import type { Counted } from "../mining/features.ts";
import { ownWords } from "../mining/gist.ts";
import type { Intent } from "../mining/kinds.ts";
import { fromPlainText } from "../mining/source-text.ts";
import { countsOf, type Example } from "../training/train-model.ts";
import { findFile } from "./find-file.ts";
import { fitTask } from "./fit-task.ts";
import { votesOfParts, withParts } from "./issue-parts.ts";
import { formOfIssue, wordsOfIssue } from "./issue-views.ts";
import { f1Of, mean, readCsv } from "./measure.ts";

export const ISSUE_INTENTS = ["bug", "feature", "question"] as const satisfies Intent[];
/** `whole` is the body with its code and quotations, which tell of an issue too; `parts` is what the encoder makes of it. */
export type Issue = Example & { repo: string; whole: string; parts?: Float32Array[] };

const FOLDS = 5;
/** Picked by cross-validation on the training half. */
const STRENGTH = { l2: 0.05, rounds: 10, rate: 1, byRatio: true };

/** The issues of one half of NLBSE'24, or undefined when that half is not there. */
export function readIssues(dataFolder: string, part: "train" | "test"): Issue[] | undefined {
  const file = findFile(path.join(dataFolder, "nlbse2024"), part, /\.csv$/i);
  if (!file || !existsSync(file)) return undefined;
  return readCsv(readFileSync(file, "utf8")).map(({ repo = "", label = "", title = "", body = "" }, at) => ({
    kind: "post", title, text: ownWords(fromPlainText(body)), intent: label as Intent, group: `${repo}/${at}`, source: "nlbse2024", repo, whole: body.replace(/<!--[^]*?-->/g, " "),
  }));
}

/**
 * One choice for each of the five repositories, as the competition asks: learnt on the training half and tested on the
 * other where it is there, else on five folds of the training half. The mean over repositories of macro-F1.
 */
export async function nlbseFigures(dataFolder: string): Promise<Record<string, number>> {
  const [train, test] = await Promise.all((["train", "test"] as const).map(async (half) => withParts(readIssues(dataFolder, half))));
  if (!train) return {};
  const told = test ? tell(train, test) : Array.from({ length: FOLDS }, (_, fold) => tell(train.filter((_, at) => at % FOLDS !== fold), train.filter((_, at) => at % FOLDS === fold))).flat();
  const repos = [...new Set(train.map(({ repo }) => repo))];
  const byRepo = repos.map((repo) => {
    const part = told.filter(({ issue }) => issue.repo === repo);
    return [`nlbse2024.macroF1.${repo.split("/")[1]}`, f1Of(part.map(({ guess }) => guess), part.map(({ issue }) => issue.intent!), ISSUE_INTENTS).macro] as const;
  });
  return { "nlbse2024.macroF1": mean(byRepo.map(([, figure]) => figure)), ...Object.fromEntries(byRepo) };
}

/** An issue is read in four ways: its author's own words, the whole body, its words plainly, and how its form was filled in. */
const READINGS: ((issue: Issue) => Counted)[] = [countsOf, (issue) => countsOf({ ...issue, text: issue.whole }), wordsOfIssue, formOfIssue];

/**
 * All repositories teach what an issue is, and each what it is there: every feature stands once for all and once for its
 * own (Daumé, ACL 2007). Each way of reading has learnt by itself, and their votes are summed, with those of what the
 * encoder makes of an issue's parts.
 */
export function tell(train: Issue[], asked: Issue[]): { issue: Issue; guess: string }[] {
  const told = READINGS.map((read) =>
    fitTask(train, ISSUE_INTENTS, ({ intent }) => intent, { ...STRENGTH, countsOf: (example) => withOwnCopy(read(example as Issue), (example as Issue).repo) })(asked),
  );
  const votes = [...told.map((one) => one.map(({ scores }) => scores)), ...votesOfParts(train, asked)];
  return asked.map((issue, at) => {
    const sums = ISSUE_INTENTS.map((_, k) => votes.reduce((sum, one) => sum + one[at]![k]!, 0));
    return { issue, guess: ISSUE_INTENTS[indexOfMost(sums)]! };
  });
}

function withOwnCopy(shared: Counted, repo: string): Counted {
  const seed = seedOf(repo);
  return [...shared, ...shared.map(({ buckets, ...block }) => ({ ...block, buckets: buckets.map((bucket) => (Math.imul(bucket ^ seed, 0x9e3779b1) >>> 14)) }))];
}

function seedOf(repo: string): number {
  let seed = 7;
  for (const letter of repo) seed = Math.imul(seed ^ letter.charCodeAt(0), 0x01000193);
  return seed >>> 0;
}
