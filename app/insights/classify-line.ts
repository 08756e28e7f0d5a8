import { classifyPost } from "./mining/classify.ts";
import type { Model } from "./mining/model.ts";
import { fromPlainText } from "./mining/source-text.ts";
import { statementsOf } from "./mining/statements.ts";

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
  const { intent, confidence, sentiment, urgency, band } = classifyPost(model, (title ?? "") as string, ownWords((text ?? "") as string));
  return JSON.stringify({ intent, confidence: Math.round(confidence * 1000) / 1000, sentiment, urgency, band });
}

/** What its author says in a text: without quotations, code and signature. */
export function ownWords(text: string): string {
  const source = fromPlainText(text.length > MOST_READ ? text.slice(0, MOST_READ) : text);
  return statementsOf(source).map(({ start, end }) => source.text.slice(start, end)).join("\n");
}

/** Nobody needs more to know what a post is for. */
const MOST_READ = 20_000;
