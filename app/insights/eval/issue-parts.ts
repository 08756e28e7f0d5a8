import { DIMENSIONS } from "../encoder/shape.ts";
import { withEmbeddings } from "../training/embed-examples.ts";
import { scoresOf, trainSoftmax } from "../training/softmax-regression.ts";
import { measureOf } from "../training/train-second-reading.ts";
import type { Example } from "../training/train-model.ts";
import { ISSUE_INTENTS, type Issue } from "./nlbse.ts";

/** Picked by cross-validation on the training half, two partings of it. */
const STRENGTH = { l2: 3, rounds: 8, rate: 0.3 };
/** What a part's vote counts beside that of a way of reading words. Picked likewise. */
const WEIGHT = 1.5;
/** Where an issue ends it often says what it wants. */
const LAST = 500;

/** What of an issue is given to the encoder: its title with how it begins, its title alone, and how it ends. */
const PARTS: ((issue: Issue) => Example)[] = [
  (issue) => issue,
  (issue) => ({ ...issue, title: "", text: issue.title || "-" }),
  (issue) => ({ ...issue, title: "", text: (issue.text || issue.whole || "-").slice(-LAST) }),
];

/** The issues with what the encoder makes of each part, where it is there. */
export async function withParts(issues: Issue[] | undefined): Promise<Issue[] | undefined> {
  if (!issues) return undefined;
  const parts: Example[][] = [];
  for (const part of PARTS) parts.push(await withEmbeddings(issues.map(part)));
  return issues.map((issue, at) => (parts[0]![at]!.embedding ? { ...issue, parts: parts.map((part) => part[at]!.embedding!) } : issue));
}

/** What each part votes for: every number of an embedding stands once for all repositories and once for its own, as in `tell`. */
export function votesOfParts(train: Issue[], asked: Issue[]): Float64Array[][] {
  if (![...train, ...asked].every(({ parts }) => parts)) return [];
  const repos = [...new Set(train.map(({ repo }) => repo))];
  return PARTS.map((_, part) => {
    const measure = measureOf(train.map(({ parts }) => parts![part]!));
    const vectorOf = ({ parts, repo }: Issue) => {
      const values = parts![part]!.map((value, at) => (value - measure.mean[at]!) * measure.scale[at]!);
      const own = repos.indexOf(repo) + 1;
      return { indices: Int32Array.from({ length: 2 * DIMENSIONS }, (_, at) => (at < DIMENSIONS ? at : own * DIMENSIONS + at - DIMENSIONS)), values: Float32Array.from([...values, ...values]) };
    };
    const w = trainSoftmax(train.map(vectorOf), train.map(({ intent }) => (ISSUE_INTENTS as readonly string[]).indexOf(intent!)), { classes: ISSUE_INTENTS.length, ...STRENGTH });
    return asked.map((issue) => {
      const scores = new Float64Array(ISSUE_INTENTS.length);
      scoresOf(w, ISSUE_INTENTS.length, vectorOf(issue), scores);
      return scores.map((score) => score * WEIGHT);
    });
  });
}
