import { getSchema, getText, getTextSerializersFromSchema } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { z } from "zod";
import { richTextExtensions } from "#app/ui/rich-text.ts";
import type { RichText } from "#db/schema/rich-text.ts";

const MAX_CHARACTERS = 200_000;
const MAX_DEPTH = 24;

const schema = getSchema(richTextExtensions);
const textSerializers = getTextSerializersFromSchema(schema);

/** A form field holding a Tiptap document as JSON. What is not in the list of extensions is refused or dropped. */
export const richTextField = z
  .string()
  .max(MAX_CHARACTERS, "core.tooLong")
  .transform((json, context) => {
    try {
      return parseRichText(JSON.parse(json)).toJSON() as RichText;
    } catch {
      context.addIssue({ code: "custom", message: "core.richTextInvalid" });
      return z.NEVER;
    }
  })
  .refine((body) => plainText(body) !== "", "core.writeSomething");

/**
 * Unknown attributes are dropped here, because a ProseMirror node can only hold those of its type.
 *
 * @throws RangeError for an unknown node or mark, one in the wrong place, or an attribute's value that is not allowed
 */
export function parseRichText(json: unknown): Node {
  checkShape(json);
  const node = Node.fromJSON(schema, json);
  if (node.type !== schema.topNodeType) throw new RangeError("Not a document");
  node.check();
  return node;
}

/** Attributes hold single values and nesting ends: ProseMirror itself asks for neither. */
function checkShape(json: unknown, depth = 0): void {
  if (depth > MAX_DEPTH) throw new RangeError("Nested too deeply");
  const { attrs, marks, content } = json as { attrs?: object; marks?: unknown[]; content?: unknown[] };
  for (const value of Object.values(attrs ?? {})) {
    if (typeof value === "object" && value !== null) throw new RangeError("Not a single value");
  }
  for (const part of [...(marks ?? []), ...(content ?? [])]) checkShape(part, depth + 1);
}

/** The words of a document, for search, mining and mail. Blocks are separated by newlines. */
export function plainText(body: RichText): string {
  return getText(parseRichText(body), { blockSeparator: "\n", textSerializers }).trim();
}
