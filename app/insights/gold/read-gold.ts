import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { markdownToDocument, plainText } from "#app/core/rich-text.ts";
import { readTalk } from "#db/seed/read-talk.ts";
import type { Intent, Sentiment } from "../mining/kinds.ts";
import { readComments, readPosts, textsOf, type DumpText } from "../training/read-dump.ts";

/** A labelled statement, as statements.tsv holds it: where it stands and what both readers and the third made of it. */
export type GoldRow = {
  source: "bicycles.meta" | "demo";
  id: string;
  start: number;
  end: number;
  kind: "title" | "question" | "answer" | "comment" | "opening" | "reply";
  /** How it came to be labelled: all titles, sentences that hold a cue, sentences at random, or out of the demo. */
  drawn: "title" | "cue" | "random" | "demo";
  first: Label;
  second: Label;
  settled: Label;
};
export type Label = { intent: Intent; sentiment: Sentiment };

/** A labelled statement with its words, read out of the dump or the demo. */
export type GoldStatement = GoldRow & Label & { text: string; title: string; topic: string; isTest: boolean };

/** Topics begun from here on are for testing only: about a quarter of the dump's labelled statements. */
const TESTED_FROM = "2016-06-01";
const FOLDER = path.join(process.cwd(), "app/insights/gold");

export function readGoldRows(folder = FOLDER): GoldRow[] {
  const [, ...lines] = readFileSync(path.join(folder, "statements.tsv"), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [source, id, start, end, kind, drawn, i1, s1, i2, s2, i3, s3] = line.split("\t");
    const label = (intent?: string, sentiment?: string) => ({ intent, sentiment }) as Label;
    return { source, id, start: Number(start), end: Number(end), kind, drawn, first: label(i1, s1), second: label(i2, s2), settled: label(i3, s3) } as GoldRow;
  });
}

/** The labelled statements whose texts are at hand: the demo's always, the dump's when its folder is given and there. */
export function readGold(bicyclesFolder?: string): GoldStatement[] {
  const rows = readGoldRows();
  const dump = bicyclesFolder && existsSync(path.join(bicyclesFolder, "Posts.xml")) ? textsOf(readPosts(bicyclesFolder), readComments(bicyclesFolder)) : new Map<string, DumpText>();
  const demo = demoTexts();
  return rows.flatMap((row) => {
    const held = row.source === "demo" ? demo.get(row.id) : dump.get(row.id);
    if (!held) return [];
    const topic = `${row.source}/${held.topicId}`;
    const title = row.source === "demo" ? held.topicId : dump.get(`post-${held.topicId}-title`)?.text ?? "";
    const begun = row.source === "demo" ? "" : dump.get(`post-${held.topicId}-title`)?.at ?? "";
    return [{ ...row, ...row.settled, text: held.text.slice(row.start, row.end), title, topic, isTest: row.source === "demo" ? isTestedOfDemo(topic) : begun >= TESTED_FROM }];
  });
}

/** The demo counts its days back from now, so its topics are parted by name. */
function isTestedOfDemo(topic: string): boolean {
  let sum = 0;
  for (const letter of topic) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return sum % 5 === 0;
}

function demoTexts(): Map<string, { text: string; topicId: string }> {
  const folder = path.join(process.cwd(), "db/seed/talk");
  const topics = readdirSync(folder).sort().flatMap((file) => readTalk(readFileSync(path.join(folder, file), "utf8"), new Date("2030-01-01")));
  return new Map(
    topics.flatMap(({ title, posts }) => [
      [`${title}/title`, { text: title, topicId: title }] as const,
      ...posts.map(({ body }, at) => [`${title}/${at + 1}`, { text: plainText(markdownToDocument(body)), topicId: title }] as const),
    ]),
  );
}
