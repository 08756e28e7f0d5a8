import { readFileSync } from "node:fs";
import path from "node:path";
import type { Intent, Sentiment } from "../mining/kinds.ts";

/** A post, or one statement under a topic's title, that nothing may ever learn from. */
export type BlindExample = { kind: "post" | "statement"; title: string; text: string; intent: Intent; sentiment: Sentiment };

/** The 300 posts and 200 statements that were written and labelled without knowledge of what is learnt from: see README.md. */
export function readBlind(): BlindExample[] {
  return (["posts", "statements"] as const).flatMap((file) =>
    readFileSync(path.join(process.cwd(), "app/insights/gold/blind", `${file}.jsonl`), "utf8").trimEnd().split("\n").map((line): BlindExample => {
      const { title, under = "", text, intent, sentiment } = JSON.parse(line) as { title?: string; under?: string; text: string; intent: Intent; sentiment: Sentiment };
      return { kind: title === undefined ? "statement" : "post", title: title ?? under, text, intent, sentiment };
    }),
  );
}
