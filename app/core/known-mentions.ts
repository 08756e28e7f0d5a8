import { inArray, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { nodesOf } from "./rich-text/walk.ts";

/** Names looked up for one document; those beyond it are words. */
const MAX_NAMES = 200;

/** The document with `@name` as plain words where nobody is called so: a link there would lead to no one. */
export async function withKnownMentions(on: Executor, body: RichText): Promise<RichText> {
  const named = new Set([...nodesOf(body)].filter(isMention).map(nameOf));
  if (named.size === 0) return body;
  const lower = [...named].map((name) => name.toLowerCase()).slice(0, MAX_NAMES);
  const found = await on.select({ name: sql<string>`lower(${members.username})` }).from(members).where(inArray(sql`lower(${members.username})`, lower));
  const known = new Set(found.map(({ name }) => name));
  if ([...named].every((name) => known.has(name.toLowerCase()))) return body;
  return { ...body, content: body.content?.map((node) => withWords(node, known)) };
}

function withWords(node: RichTextNode, known: Set<string>): RichTextNode {
  if (isMention(node) && !known.has(nameOf(node).toLowerCase())) return { type: "text", text: `@${nameOf(node)}`, ...(node.marks && { marks: node.marks }) };
  return node.content ? { ...node, content: node.content.map((child) => withWords(child, known)) } : node;
}

function isMention({ type }: RichTextNode): boolean {
  return type === "mention";
}

function nameOf({ attrs }: RichTextNode): string {
  return String(attrs?.username);
}
