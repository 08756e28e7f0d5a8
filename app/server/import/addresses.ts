import { sql } from "drizzle-orm";
import { topicPath } from "#app/forums/paths.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import type { Dump } from "./dump.ts";
import { rowsOf } from "./sql.ts";

/** Stands in a document for a post of the same site until its address here is known. */
const PENDING = "https://pending.invalid/";

/** Turns an address in a text of this site into an absolute one; undefined for what must not be a link. */
export function addressReader(host: string): (href: string) => string | undefined {
  return (href) => {
    const text = href.trim();
    if (!URL.canParse(text, `https://${host}/`)) return undefined;
    const url = new URL(text, `https://${host}/`);
    if (!["http:", "https:", "mailto:"].includes(url.protocol) || url.username || url.password) return undefined;
    const own = url.host === host ? externalOf(url) : undefined;
    const address = own ? `${PENDING}${own}?${encodeURIComponent(url.href)}` : url.href;
    return /[\s<>"'`\\]/.test(address) || address.length > 2000 ? undefined : address;
  };
}

/** `/questions/12/title#34`, `/q/12`, `/a/34/5`, with `#comment56_34` for a comment. */
function externalOf({ pathname, hash }: URL): string | undefined {
  const [, comment] = /^#comment(\d+)_/.exec(hash) ?? [];
  if (comment) return `comment:${comment}`;
  const [, answer] = /^\/a\/(\d+)/.exec(pathname) ?? [];
  if (answer) return `post:${answer}`;
  const [, question, below] = /^\/(?:questions|q)\/(\d+)(?:\/[^/]*\/(\d+))?/.exec(pathname) ?? [];
  const named = /^#(\d+)$/.exec(hash)?.[1] ?? below;
  return question ? `post:${named ?? question}` : undefined;
}

/** Gives links between posts of the dump their addresses here, and those to posts it does not hold their old ones back. */
export async function settleAddresses(dump: Dump, documents: RichText[]): Promise<void> {
  const marks = documents.flatMap((document) => pendingMarks(document.content ?? []));
  if (marks.length === 0) return;
  const wanted = [...new Set(marks.map(({ external }) => external))].map((external) => ({ kind: external.split(":")[0], id: external.split(":")[1] }));
  const found = await dump.db.execute<{ external: string; slug: string; topic_id: string; number: number }>(sql`
    select wanted.kind || ':' || wanted.id as external, topics.slug, topic_id, number
    from ${rowsOf(wanted, "kind text, id text")} wanted
    join staged_posts on external_id = wanted.id and (staged_posts.kind = 'comment') = (wanted.kind = 'comment') and staged_posts.kind <> 'note'
    join topics on topics.id = topic_id`);
  const paths = new Map(found.map(({ external, slug, topic_id, number }) => [external, topicPath({ slug, id: Number(topic_id) }, number > 1 ? number : undefined)]));
  for (const { mark, external, original } of marks) mark.attrs!.href = paths.get(external) ?? original;
}

type Pending = { mark: { attrs?: Record<string, unknown> }; external: string; original: string };

function pendingMarks(nodes: RichTextNode[]): Pending[] {
  return nodes.flatMap((node) => [
    ...(node.marks ?? []).flatMap((mark) => {
      const href = String(mark.attrs?.href ?? "");
      if (!href.startsWith(PENDING)) return [];
      const [external, original] = href.slice(PENDING.length).split("?");
      return [{ mark, external: external!, original: decodeURIComponent(original!) }];
    }),
    ...pendingMarks(node.content ?? []),
  ]);
}
