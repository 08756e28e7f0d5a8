import { z } from "zod";
import { fileKeyPattern, isSafeHref, languagePattern, usernamePattern } from "#app/ui/rich-text/patterns.ts";
import { MAX_PAGE_TITLE, oneLine } from "#app/ui/rich-text/page-link.ts";
import type { RichText, RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";

// All that can be written. What is not named here, down to the last attribute, is refused: it can be neither stored
// nor shown. The editor's own schema (app/ui/rich-text/extensions.ts) must say the same; a test compares the two.

/** Postgres cannot store NUL in JSON, nor half of a surrogate pair. */
const storable = (text: string) => text.replace(/\p{Surrogate}/gu, "\uFFFD").replace(/(?![\t\n\r])\p{Cc}/gu, "");
const line = z.string().transform((text) => storable(text).replace(/[\r\n\t]+/g, " "));

const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const pixels = z.number().int().min(1).max(50_000).nullable().default(null);
const username = z.string().regex(usernamePattern);

const mark = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["bold", "italic", "strike", "code"]) }),
  z.strictObject({ type: z.literal("link"), attrs: z.strictObject({ href: z.custom<string>(isSafeHref) }) }),
]);

const marks = z
  .array(mark)
  .max(5)
  .refine((list) => new Set(list.map(({ type }) => type)).size === list.length)
  .optional() as z.ZodType<RichTextMark[] | undefined>;

const text = z.strictObject({ type: z.literal("text"), text: line, marks });
const mention = z.strictObject({ type: z.literal("mention"), attrs: z.strictObject({ username }), marks });
const title = z.string().transform((text) => oneLine(storable(text))).pipe(z.string().min(1).max(MAX_PAGE_TITLE));
const pageLink = z.strictObject({
  type: z.literal("pageLink"),
  attrs: z.strictObject({ pageId: id.nullable().default(null), wikiId: id.nullable().default(null), title, words: title.nullable().default(null) }),
  marks,
});
const hardBreak = z.strictObject({ type: z.literal("hardBreak"), marks });
const image = z.strictObject({
  type: z.literal("image"),
  attrs: z.strictObject({ key: z.string().regex(fileKeyPattern), alt: line.pipe(z.string().max(1000)).default(""), width: pixels, height: pixels }),
  marks,
});

const inline = z.array(z.discriminatedUnion("type", [text, mention, pageLink, hardBreak, image])).default([]);
const blocks: z.ZodType<RichTextNode[]> = z.lazy(() => z.array(block).min(1));
const code = z.strictObject({ type: z.literal("text"), text: z.string().transform((source) => storable(source.replace(/\r\n?/g, "\n"))) });

const paragraph = z.strictObject({ type: z.literal("paragraph"), content: inline });
const itemContent = z.lazy(() => z.tuple([paragraph], block)) as unknown as z.ZodType<RichTextNode[]>;

const listItem = z.strictObject({ type: z.literal("listItem"), content: itemContent });
const taskItem = z.strictObject({ type: z.literal("taskItem"), attrs: z.strictObject({ checked: z.boolean() }), content: itemContent });

const cell = z.strictObject({
  type: z.enum(["tableHeader", "tableCell"]),
  attrs: z
    .strictObject({
      align: z.enum(["left", "center", "right"]).nullable().default(null),
      colspan: z.literal(1).default(1),
      rowspan: z.literal(1).default(1),
      colwidth: z.null().default(null),
    })
    .prefault({}),
  content: z.tuple([paragraph]),
});
const row = z.strictObject({ type: z.literal("tableRow"), content: z.array(cell).min(1).max(50) });

const block = z.discriminatedUnion("type", [
  paragraph,
  z.strictObject({ type: z.literal("heading"), attrs: z.strictObject({ level: z.union([z.literal(2), z.literal(3)]) }), content: inline }),
  z.strictObject({ type: z.literal("blockquote"), content: blocks }),
  z.strictObject({
    type: z.literal("postQuote"),
    attrs: z.strictObject({ postId: id, topicId: id, number: id, username }),
    content: blocks,
  }),
  z.strictObject({ type: z.literal("bulletList"), content: z.array(listItem).min(1) }),
  z.strictObject({
    type: z.literal("orderedList"),
    attrs: z.strictObject({ start: z.number().int().min(0).max(999_999_999) }).prefault({ start: 1 }),
    content: z.array(listItem).min(1),
  }),
  z.strictObject({ type: z.literal("taskList"), content: z.array(taskItem).min(1) }),
  z.strictObject({
    type: z.literal("codeBlock"),
    attrs: z.strictObject({ language: z.string().regex(languagePattern).nullable().default(null) }).prefault({}),
    content: z.array(code).default([]),
  }),
  z.strictObject({ type: z.literal("horizontalRule") }),
  z.strictObject({ type: z.literal("table"), content: z.array(row).min(1) }),
]) as z.ZodType<RichTextNode>;

export const documentSchema = z.strictObject({ type: z.literal("doc"), content: blocks }) as unknown as z.ZodType<RichText>;
