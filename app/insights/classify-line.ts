import { classifyPost } from "./mining/classify.ts";
import { gistOf } from "./mining/gist.ts";
import type { Model } from "./mining/model.ts";
import { textToEmbed } from "./mining/second-reading.ts";
import { fromPlainText } from "./mining/source-text.ts";

type Embed = (text: string) => Promise<Float32Array>;

/** What `insights:classify` says of one line, read once. A line that is no post is answered with what is wrong with it. */
export function classifyLine(model: Model, line: string): string {
  const post = postOf(line);
  return "error" in post ? JSON.stringify(post) : answerOf(model, post);
}

/** The same, read twice. */
export async function classifyLineTwice(model: Model, line: string, embed: Embed): Promise<string> {
  const post = postOf(line);
  return "error" in post ? JSON.stringify(post) : answerOf(model, post, await embed(textToEmbed(post)));
}

function answerOf(model: Model, { title, text }: Post, embedding?: Float32Array): string {
  const { intent, confidence, sentiment, urgency, band } = classifyPost(model, title, text, embedding);
  return JSON.stringify({ intent, confidence: Math.round(confidence * 1000) / 1000, sentiment, urgency, band });
}

/** A title, and what the text says in its own words. */
type Post = { title: string; text: string };

function postOf(line: string): Post | { error: string } {
  let post: unknown;
  try {
    post = JSON.parse(line);
  } catch {
    return { error: "This line is no JSON." };
  }
  if (typeof post !== "object" || post === null || Array.isArray(post)) return { error: 'A line is an object such as {"title":"…","text":"…"}.' };
  const { title = "", text = "" } = post as { title?: unknown; text?: unknown };
  if (typeof (title ?? "") !== "string" || typeof (text ?? "") !== "string") return { error: "title and text are strings." };
  return { title: (title ?? "") as string, text: gistOf(fromPlainText(((text ?? "") as string).slice(0, MOST_READ))) };
}

/** Nobody needs more to know what a post is for. */
const MOST_READ = 20_000;
