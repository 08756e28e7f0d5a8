import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readGold, type GoldStatement } from "../gold/read-gold.ts";
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

/** The posts and statements written for this project, whose products and places nobody has. */
export function writtenExamples(): Example[] {
  if (!existsSync(WRITTEN)) return [];
  return readdirSync(WRITTEN).filter((file) => file.endsWith(".jsonl")).sort().flatMap((file) =>
    readFileSync(path.join(WRITTEN, file), "utf8").trimEnd().split("\n").map((line) => {
      const { title = "", under, text, intent, sentiment } = JSON.parse(line) as WrittenPost;
      // One file is one group: what is learnt from one is tested on another's products and places.
      const written = { text, intent, sentiment, group: file, source: file.slice(0, -".jsonl".length) };
      return under === undefined ? { kind: "post" as const, title, ...written } : { kind: "statement" as const, title: under, ...written };
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
  return readGold(bicyclesFolder).map((one) => ({ ...ofGold(one), weight: REAL, isTest: one.isTest, drawn: one.drawn }));
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
