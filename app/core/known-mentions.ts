import { inArray, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";

/** Names looked up for one document; those beyond it are words. */
const MAX_NAMES = 200;
/** A name as it is typed, but not in an address of mail or of the web. */
const typedName = /(?<![\p{L}\p{N}_./@-])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_]))(?![A-Za-z0-9_])/gu;
const marksOfMentions = ["bold", "italic", "strike"];

/**
 * The document with a mention wherever somebody is called so, also where `@name` was only typed, and with plain words
 * where nobody is: a link there would lead to no one. What is typed in code, links and quotes of posts stays as it is.
 */
export async function withKnownMentions(on: Executor, body: RichText): Promise<RichText> {
  const named = new Set<string>();
  const note = (name: string) => void (named.size < MAX_NAMES && named.add(name.toLowerCase()));
  eachName(body.content, note);
  if (named.size === 0) return body;
  const found = await on.select({ name: sql<string>`lower(${members.username})` }).from(members).where(inArray(sql`lower(${members.username})`, [...named]));
  const known = new Set(found.map(({ name }) => name));
  return { ...body, content: body.content?.flatMap((node) => withMentions(node, known)) };
}

function eachName(nodes: RichTextNode[] | undefined, note: (name: string) => void): void {
  for (const node of nodes ?? []) {
    if (isMention(node)) note(nameOf(node));
    else if (isOpenText(node)) for (const [, name] of node.text!.matchAll(typedName)) note(name!);
    else eachName(node.content, note);
  }
}

function withMentions(node: RichTextNode, known: Set<string>): RichTextNode[] {
  if (isMention(node)) return [known.has(nameOf(node).toLowerCase()) ? node : { type: "text", text: `@${nameOf(node)}`, ...(node.marks && { marks: node.marks }) }];
  if (isOpenText(node)) return withTyped(node, known);
  if (!node.content) return [node];
  return [{ ...node, content: node.content.flatMap((child) => (isVerbatim(node) ? asSaid(child, known) : withMentions(child, known))) }];
}

/** Within a quote only what is a mention already is looked at. */
function asSaid(node: RichTextNode, known: Set<string>): RichTextNode[] {
  if (isMention(node)) return withMentions(node, known);
  return [node.content ? { ...node, content: node.content.flatMap((child) => asSaid(child, known)) } : node];
}

function withTyped(node: RichTextNode, known: Set<string>): RichTextNode[] {
  const { text, ...look } = node;
  const parts: RichTextNode[] = [];
  let at = 0;
  for (const { 0: whole, 1: username, index } of text!.matchAll(typedName)) {
    if (!known.has(username!.toLowerCase())) continue;
    if (index > at) parts.push({ ...look, text: text!.slice(at, index) });
    parts.push({ ...look, type: "mention", attrs: { username: username! } });
    at = index + whole.length;
  }
  return at === 0 ? [node] : at < text!.length ? [...parts, { ...look, text: text!.slice(at) }] : parts;
}

function isOpenText({ type, text, marks }: RichTextNode): boolean {
  return type === "text" && text !== undefined && text.includes("@") && !marks?.some((mark) => !marksOfMentions.includes(mark.type));
}

function isVerbatim({ type }: RichTextNode): boolean {
  return type === "codeBlock" || type === "postQuote";
}

function isMention({ type }: RichTextNode): boolean {
  return type === "mention";
}

function nameOf({ attrs }: RichTextNode): string {
  return String(attrs?.username);
}
