import { z } from "zod";
import { markdownToDocument } from "#app/ui/rich-text/parse-markdown.ts";
import { settled } from "#app/ui/rich-text/settle.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { wordsOf } from "./rich-text/plain-text.ts";
import { documentSchema } from "./rich-text/schema.ts";
import { checkShape, MAX_BYTES } from "./rich-text/shape.ts";
import { nodesOf } from "./rich-text/walk.ts";

export { markdownToDocument } from "#app/ui/rich-text/parse-markdown.ts";
export { documentToMarkdown } from "#app/ui/rich-text/write-markdown.ts";

/** A text in which nothing is written yet. */
export const BLANK: RichText = { type: "doc", content: [{ type: "paragraph" }] };

/**
 * A form field with something written: a document as JSON from the editor, else Markdown from a plain text field.
 * What the schema does not name is refused, never dropped in silence.
 */
export const richTextField = z
  .string()
  .min(1, "core.writeSomething")
  .refine((sent) => Buffer.byteLength(sent) <= MAX_BYTES, { message: "core.richTextTooLarge", abort: true })
  .transform((sent, context) => {
    try {
      return parseRichText(readDocument(sent) ?? markdownToDocument(sent));
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof z.ZodError)) throw error;
      context.addIssue({ code: "custom", message: error instanceof RangeError ? "core.richTextTooDeep" : "core.richTextInvalid" });
      return z.NEVER;
    }
  })
  .refine((body) => !isBlank(body), "core.writeSomething");

/**
 * A document in the one form in which it is stored.
 *
 * @throws RangeError for one too deep or with too many parts
 * @throws z.ZodError for a node, mark or attribute that is not allowed
 */
export function parseRichText(json: unknown): RichText {
  checkShape(json);
  return settled(documentSchema.parse(json));
}

/** The words of a document, for search, mining and mail: one block a line, without what it quotes from other posts. */
export function plainText(body: RichText): string {
  return wordsOf(body.content ?? []).trim();
}

/** The usernames mentioned, each once, as they are written. Those inside quotes of posts were not meant again. */
export function mentionsIn(body: RichText): string[] {
  const quoted = new Set([...nodesOf(body)].filter(({ type }) => type === "postQuote").flatMap((quote) => [...nodesOf(quote as RichText)]));
  return unique([...nodesOf(body)].filter((node) => node.type === "mention" && !quoted.has(node)).map(({ attrs }) => attrs?.username));
}

/** The storage keys of the files shown, each once. */
export function filesIn(body: RichText): string[] {
  return unique([...nodesOf(body)].filter(({ type }) => type === "image").map(({ attrs }) => attrs?.key));
}

/** The ids of the posts quoted, each once. */
export function quotedPostsIn(body: RichText): number[] {
  return [...new Set([...nodesOf(body)].filter(({ type }) => type === "postQuote").map(({ attrs }) => Number(attrs?.postId)))];
}

/** Whether it shows nothing: only an image or a quote is something. */
export function isBlank(body: RichText): boolean {
  return plainText(body) === "" && ![...nodesOf(body)].some(({ type }) => type === "image" || type === "postQuote");
}

/** Only what says that it is a document is one: Markdown may well begin with a brace. */
function readDocument(sent: string): unknown {
  if (!/^\s*\{/.test(sent)) return undefined;
  try {
    const json = JSON.parse(sent) as { type?: unknown };
    return json.type === "doc" ? json : undefined;
  } catch {
    return undefined;
  }
}

function unique(values: unknown[]): string[] {
  return [...new Set(values.filter((value): value is string => typeof value === "string"))];
}
