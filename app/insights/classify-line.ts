import { classifyPost } from "./mining/classify.ts";
import { gistOf } from "./mining/gist.ts";
import type { Model } from "./mining/model.ts";
import { fromPlainText } from "./mining/source-text.ts";

/** What `insights:classify` says of one line. A line that is no post is answered with what is wrong with it. */
export function classifyLine(model: Model, line: string): string {
  let post: unknown;
  try {
    post = JSON.parse(line);
  } catch {
    return JSON.stringify({ error: "This line is no JSON." });
  }
  if (typeof post !== "object" || post === null || Array.isArray(post)) return JSON.stringify({ error: 'A line is an object such as {"title":"…","text":"…"}.' });
  const { title = "", text = "" } = post as { title?: unknown; text?: unknown };
  if (typeof (title ?? "") !== "string" || typeof (text ?? "") !== "string") return JSON.stringify({ error: "title and text are strings." });
  const { intent, confidence, sentiment, urgency, band } = classifyPost(model, (title ?? "") as string, gistOf(fromPlainText(((text ?? "") as string).slice(0, MOST_READ))));
  return JSON.stringify({ intent, confidence: Math.round(confidence * 1000) / 1000, sentiment, urgency, band });
}

/** Nobody needs more to know what a post is for. */
const MOST_READ = 20_000;
