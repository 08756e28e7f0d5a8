import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import type { Aside, SourceText } from "./mining/source-text.ts";

/**
 * A document as text to be mined. The text is, letter by letter, what `plainText` stores beside the document, so that
 * offsets into it can be cut out of `body_text` for ever; what others said and code are marked.
 */
export function sourceOfDocument(body: RichText): SourceText {
  const { text, asides } = joined((body.content ?? []).map(ofBlock), "\n");
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  return { text: trimmed, asides: asides.flatMap((aside) => within(aside, start, trimmed.length)).toSorted((a, b) => a.start - b.start) };
}

function ofBlock(node: RichTextNode): SourceText {
  const content = node.content ?? [];
  switch (node.type) {
    case "postQuote":
      return { text: "", asides: [] };
    case "tableRow": {
      const { text } = joined(content.map((cell) => joined((cell.content ?? []).map(ofBlock), "\n")), "\t", { keepEmpty: true });
      return { text: text.trim(), asides: [] };
    }
    case "paragraph":
    case "heading":
      return { text: inline(content), asides: [] };
    case "codeBlock":
      return aside(inline(content), "code");
    case "blockquote": {
      const { text } = joined(content.map(ofBlock), "\n");
      return aside(text, "quote");
    }
    default:
      return joined(content.map(ofBlock), "\n");
  }
}

function aside(text: string, kind: Aside["kind"]): SourceText {
  return { text, asides: text ? [{ kind, start: 0, end: text.length }] : [] };
}

function inline(content: RichTextNode[]): string {
  return content
    .map(({ type, text, attrs }) => {
      if (type === "text") return text ?? "";
      if (type === "hardBreak") return "\n";
      return type === "mention" ? `@${String(attrs?.username)}` : String(attrs?.alt ?? "");
    })
    .join("")
    .trim();
}

function joined(parts: SourceText[], by: string, { keepEmpty }: { keepEmpty?: true } = {}): SourceText {
  let text = "";
  const asides: Aside[] = [];
  let first = true;
  for (const part of parts) {
    if (!keepEmpty && part.text === "") continue;
    if (!first) text += by;
    first = false;
    asides.push(...part.asides.map((one) => ({ ...one, start: one.start + text.length, end: one.end + text.length })));
    text += part.text;
  }
  return { text, asides };
}

function within(aside: Aside, shift: number, length: number): Aside[] {
  const start = Math.max(0, aside.start - shift);
  const end = Math.min(length, aside.end - shift);
  return end > start ? [{ ...aside, start, end }] : [];
}
