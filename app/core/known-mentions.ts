import { inArray, sql } from "drizzle-orm";
import { USERNAME } from "#app/ui/rich-text/patterns.ts";
import { marksAllowed } from "#app/ui/rich-text/settle.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { nodesOf } from "./rich-text/walk.ts";

/** Names looked up for one document; those beyond it are words. */
const MAX_NAMES = 200;
/** A name as it is typed, but not in an address of mail or of the web. */
const typedName = new RegExp(`(?<![\\p{L}\\p{N}_./@-])@(${USERNAME})(?![A-Za-z0-9_])`, "gu");

/**
 * The document with a mention wherever somebody is called so, also where `@name` was only typed, and with plain words
 * where nobody is: a link there would lead to no one. What is typed in code, links and quotes of posts stays as it is.
 */
export async function withKnownMentions(on: Executor, body: RichText): Promise<RichText> {
  const named = new Set<string>();
  for (const name of namesIn(body)) if (named.size < MAX_NAMES) named.add(name.toLowerCase());
  if (named.size === 0) return body;
  const found = await on.select({ name: sql<string>`lower(${members.username})` }).from(members).where(inArray(sql`lower(${members.username})`, [...named]));
  const known = new Set(found.map(({ name }) => name));
  return { ...body, content: body.content?.flatMap((node) => withMentions(node, known)) };
}

function* namesIn(body: RichText): Generator<string> {
  for (const node of nodesOf(body)) {
    if (isMention(node)) yield nameOf(node);
    else if (isOpenText(node)) for (const [, name] of node.text!.matchAll(typedName)) yield name!;
  }
}

/** Within code and quotes of posts only what is a mention already is looked at. */
function withMentions(node: RichTextNode, known: Set<string>, isOwn = true): RichTextNode[] {
  if (isMention(node)) return [known.has(nameOf(node).toLowerCase()) ? node : { type: "text", text: `@${nameOf(node)}`, ...(node.marks && { marks: node.marks }) }];
  if (isOwn && isOpenText(node)) return withTyped(node, known);
  return [node.content ? { ...node, content: node.content.flatMap((child) => withMentions(child, known, isOwn && !isVerbatim(node))) } : node];
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
  return type === "text" && text !== undefined && text.includes("@") && !marks?.some((mark) => !marksAllowed.mention!.includes(mark.type));
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
