import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gistOf } from "../mining/gist.ts";
import { fromHtml } from "../mining/source-text.ts";
import { readPosts } from "../training/read-dump.ts";
import type { Label } from "./read-gold.ts";

/** What one reader took a topic of bicycles.meta for as a whole: to measure by, never to learn from. */
export type TopicRow = Label & { id: string };

/** The same with the topic's words. */
export type GoldTopic = TopicRow & { title: string; text: string; topic: string };

const FILE = path.join(process.cwd(), "app/insights/gold/topics.tsv");

export function readTopicRows(): TopicRow[] {
  const [, ...lines] = readFileSync(FILE, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [id, intent, sentiment] = line.split("\t");
    return { id, intent, sentiment } as TopicRow;
  });
}

/** The labelled topics, where the dump is at hand. */
export function readTopics(bicyclesFolder: string): GoldTopic[] {
  if (!existsSync(path.join(bicyclesFolder, "Posts.xml"))) return [];
  const openings = new Map(readPosts(bicyclesFolder).filter(({ isOpening }) => isOpening).map((post) => [post.id, post]));
  return readTopicRows().flatMap((row) => {
    const post = openings.get(row.id);
    return post ? [{ ...row, title: post.title, text: gistOf(fromHtml(post.html)), topic: `bicycles.meta/${post.id}` }] : [];
  });
}
