import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readGold, type GoldStatement } from "../gold/read-gold.ts";
import { readTopics } from "../gold/read-topics.ts";
import { standsFor } from "../gold/stands-for.ts";
import { gistOf } from "../mining/gist.ts";
import type { Intent, Sentiment } from "../mining/kinds.ts";
import { fromHtml } from "../mining/source-text.ts";
import { readPosts } from "./read-dump.ts";
import type { Example } from "./train-model.ts";

const WRITTEN = path.join(process.cwd(), "app/insights/gold/written");

/** A post, or one statement out of talk under a topic's title: that has `under` in place of `title`. */
export type WrittenPost = { title?: string; under?: string; text: string; intent: Intent; sentiment: Sentiment; about: string };

export function ofGold({ kind, title, text, intent, sentiment, topic, source }: GoldStatement): Example {
  return { kind: kind === "title" ? "title" : "statement", title: kind === "title" ? "" : title, text, isReply: kind === "title" ? undefined : kind !== "question" && kind !== "opening", intent, sentiment, group: topic, source };
}

/** Of these kinds little is said: at their full weight they would be seen where something is broken or wished for. Chosen on the topics of bicycles.meta. */
const RARE_KINDS = "rare-kinds";
const RARE = 0.7;

/** Single statements about leaving, buying, other products and gaps in the docs: what talk on a company's site is searched for, and a forum without one hardly holds. */
export const RARE_STATEMENTS = "rare-statements";

/** The posts and statements written for this project, whose products and places nobody has. */
export function writtenExamples(): Example[] {
  if (!existsSync(WRITTEN)) return [];
  return readdirSync(WRITTEN).filter((file) => file.endsWith(".jsonl")).sort().flatMap((file): Example[] =>
    readFileSync(path.join(WRITTEN, file), "utf8").trimEnd().split("\n").map((line) => {
      const { title = "", under, text, intent, sentiment } = JSON.parse(line) as WrittenPost;
      // One file is one group: what is learnt from one is tested on another's products and places.
      const source = file.slice(0, -".jsonl".length);
      const said = { text, intent, sentiment, group: file, source, weight: source === RARE_KINDS ? RARE : 1 };
      return under === undefined ? { kind: "post" as const, title, ...said } : { kind: "statement" as const, title: under, ...said };
    }),
  );
}

/** Sentences of Senti4SD: `id;polarity;text` a line. */
export function readSenti4sd(file: string): Example[] {
  return readFileSync(file, "utf8").split(/\r?\n/).flatMap((line) => {
    const [, polarity, text] = /^t?\d+;(negative|neutral|positive);([^]*)$/i.exec(line) ?? [];
    if (!polarity || !text) return [];
    return [{ kind: "statement" as const, title: "", text, sentiment: ({ negative: "neg", neutral: "neu", positive: "pos" } as const)[polarity.toLowerCase() as "negative"], group: `senti4sd/${text.slice(0, 40)}`, source: "senti4sd" }];
  });
}

/** What people really said counts for more than what was written to be learnt from. */
const REAL = 1.5;

export function goldExamples(bicyclesFolder?: string): (Example & Pick<GoldStatement, "isTest" | "drawn">)[] {
  const gold = readGold(bicyclesFolder);
  const shares = bicyclesFolder ? standsFor(gold, bicyclesFolder) : [];
  return gold.map((one, at) => ({ ...ofGold(one), weight: REAL, standsFor: shares[at] || undefined, isTest: one.isTest, drawn: one.drawn }));
}

/** Topics of the dump as one reader took them, as wholes: to measure by. */
export function topicExamples(bicyclesFolder: string): Example[] {
  return readTopics(bicyclesFolder).map(({ title, text, intent, sentiment, topic }) => ({ kind: "post", title, text, intent, sentiment, group: topic, source: "bicycles.meta topics" }));
}

/** The tags with which Stack Exchange's members say what a topic on a meta site is for. */
export const TAGGED: Readonly<Record<string, Intent>> = { bug: "bug", "feature-request": "feature", support: "question" };

/** Topics of a dump that bear exactly one of those tags, with their authors' own words. */
export function taggedExamples(folder: string): Example[] {
  if (!existsSync(path.join(folder, "Posts.xml"))) return [];
  return readPosts(folder).filter(({ isOpening }) => isOpening).flatMap(({ id, title, tags, html }) => {
    const named = tags.flatMap((tag) => TAGGED[tag] ?? []);
    if (named.length !== 1) return [];
    return [{ kind: "post" as const, title, text: gistOf(fromHtml(html)), intent: named[0]!, group: `${sourceNameOf(folder)}/${id}`, source: `${sourceNameOf(folder)} tags` }];
  });
}

export function sourceNameOf(folder: string): string {
  const name = path.basename(path.resolve(folder)).replace(/^stackexchange-/, "");
  return name === "bicycles-meta" ? "bicycles.meta" : name;
}
