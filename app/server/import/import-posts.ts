import { sql } from "drizzle-orm";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { topicPath } from "#app/forums/paths.ts";
import { posts, postRevisions } from "#db/schema/forums.ts";
import { importLinks } from "#db/schema/imports.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { addressReader, settleAddresses } from "./addresses.ts";
import type { Dump } from "./dump.ts";
import { htmlToDocument, htmlToText } from "./html-document.ts";
import { commentMarkdownToHtml, postMarkdownToHtml } from "./markdown-html.ts";
import { memberIdOf } from "./member-id.ts";
import { versionsOf, type Entry } from "./versions.ts";

type Staged = {
  kind: "question" | "answer" | "comment" | "note"; id: string; at: string; body: string; title: string | null; score: number; topicId: string; number: number;
  replyTo: number | null; authorId: string; duplicate: { title: string; slug: string; id: number } | null;
};
type Version = { body: RichText; title: string | null; editorId: number; at: Date; reason: string };

const AT_ONCE = 500;
const LINK_KIND = { question: "post", answer: "post", comment: "comment", note: "note" };

/**
 * Numbers everything in each topic by its date, after what is there already. Two posts of the same moment stand in the order
 * of question, answer, comment.
 */
export async function numberPosts({ db, source }: Dump): Promise<void> {
  await db.execute(sql`
    update staged_posts staged set local_id = links.local_id, number = posts.number
    from import_links links join posts on posts.id = links.local_id
    where links.source = ${source} and links.external_id = staged.external_id
      and links.kind = case staged.kind when 'comment' then 'comment' when 'note' then 'note' else 'post' end`);
  await db.execute(sql`
    update staged_posts staged set number = counted.number from (
      select kind, external_id,
        coalesce((select greatest(max(posts.number), max(topics.last_post_number)) from topics left join posts on posts.topic_id = topics.id where topics.id = staged_posts.topic_id), 0)
        + row_number() over (partition by topic_id order by (kind = 'question') desc, at, array_position(array['question', 'answer', 'comment', 'note'], kind), external_id::bigint) as number
      from staged_posts where local_id is null
    ) counted where counted.kind = staged.kind and counted.external_id = staged.external_id`);
  await db.execute(sql`
    update staged_posts comment set reply_to = parent.number from staged_posts parent
    where comment.kind = 'comment' and parent.kind in ('question', 'answer') and parent.external_id = comment.parent`);
}

export async function importPosts(dump: Dump): Promise<void> {
  const [{ waiting } = { waiting: "0" }] = await dump.db.execute<{ waiting: string }>(sql`select count(*) as waiting from staged_posts where local_id is null`);
  const step = dump.progress.step("Writing posts", Number(waiting));
  for (;;) {
    const batch = await dump.db.execute<Staged>(sql`
      select kind, external_id as id, at, body, title, score, topic_id as "topicId", number, reply_to as "replyTo", ${memberIdOf(dump.source)} as "authorId",
        (select jsonb_build_object('title', topics.title, 'slug', topics.slug, 'id', topics.id) from staged_posts original join topics on topics.id = original.topic_id
          where staged_posts.kind = 'note' and original.kind = 'question' and original.external_id = staged_posts.body) as duplicate
      from staged_posts where local_id is null order by topic_id, number limit ${AT_ONCE}`);
    if (batch.length === 0) return;
    await importBatch(dump, batch);
    step(batch.length);
  }
}

async function importBatch(dump: Dump, batch: Staged[]): Promise<void> {
  const history = await readHistory(dump, batch);
  const versions = batch.map((post) => versionsIn(dump, post, history.get(post.id) ?? []));
  await settleAddresses(dump, versions.flat().map(({ body }) => body));
  const rendered = versions.map((list, at) => list.map((version) => rendering(dump, version, batch[at]!)));

  await dump.db.transaction(async (tx) => {
    const rows = await tx
      .insert(posts)
      .values(batch.map((post, at) => ({
        topicId: Number(post.topicId), number: post.number, authorId: Number(post.authorId), replyToNumber: post.replyTo, ...rendered[at]!.at(-1)!,
        revision: versions[at]!.length, editedAt: versions[at]!.length > 1 ? versions[at]!.at(-1)!.at : null,
        importedScore: post.score, isStaffNote: post.kind === "note", createdAt: new Date(post.at),
      })))
      .returning({ id: posts.id });
    await tx.insert(importLinks).values(rows.map(({ id }, at) => ({ source: dump.source, kind: LINK_KIND[batch[at]!.kind], externalId: batch[at]!.id, localId: id })));
    const kept = rows.flatMap(({ id }, at) => pastVersions(id, versions[at]!, rendered[at]!));
    for (let from = 0; from < kept.length; from += AT_ONCE) await tx.insert(postRevisions).values(kept.slice(from, from + AT_ONCE));
    await tx.execute(sql`
      update staged_posts set local_id = links.local_id from import_links links
      where links.source = ${dump.source} and links.external_id = staged_posts.external_id and staged_posts.local_id is null
        and links.kind = case staged_posts.kind when 'comment' then 'comment' when 'note' then 'note' else 'post' end`);
    for (const { kind } of batch) dump.report.add({ question: "opening posts", answer: "answers", comment: "comments, as replies", note: "lines about duplicates" }[kind], 1);
    if (kept.length > 0) dump.report.add("earlier versions of posts", kept.length);
  });
}

async function readHistory(dump: Dump, batch: Staged[]): Promise<Map<string, Entry[]>> {
  const ids = batch.filter(({ kind }) => kind === "question" || kind === "answer").map(({ id }) => id);
  const rows = await dump.db.execute<Entry & { post: string }>(sql`
    select post, guid, at, body, title, reason, ${memberIdOf(dump.source)} as "editorId" from staged_history
    where post in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) and (body is not null or title is not null)
    order by post, at, external_id::bigint`);
  const byPost = new Map<string, Entry[]>();
  for (const row of rows) byPost.set(row.post, [...(byPost.get(row.post) ?? []), row]);
  return byPost;
}

/** What a post said, in order; the last is what it says now. Markdown where the history has it, else the page's HTML. */
function versionsIn(dump: Dump, post: Staged, history: Entry[]): Version[] {
  const resolve = addressReader(dump.host);
  const at = new Date(post.at);
  const one = (html: string): Version[] => [{ body: htmlToDocument(html, resolve), title: post.title, editorId: Number(post.authorId), at, reason: "" }];
  if (post.kind === "note") return [{ ...one("")[0]!, body: duplicateLine(post.duplicate!) }];
  if (post.kind === "comment") return one(commentMarkdownToHtml(post.body));
  const versions = versionsOf(history);
  if (versions.length === 0) return one(post.body);
  return versions.map(({ markdown, ...version }) => ({ ...version, body: htmlToDocument(postMarkdownToHtml(markdown, version.at), resolve) }));
}

/** Checked and rendered like anything written here. What our documents cannot hold is kept as its plain words. */
function rendering(dump: Dump, { body }: Version, post: Staged) {
  try {
    return renderedBody(body);
  } catch (error) {
    dump.report.drop("a post's layout", `its words are kept, but not as they were set (${(error as Error).message.slice(0, 80)})`, `${post.kind} ${post.id}`);
    const text = htmlToText(post.body).slice(0, 50_000) || "…";
    return renderedBody({ type: "doc", content: text.split(/\n+/).map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] })) });
  }
}

/** Each earlier version, with who ended it, when and why. */
function pastVersions(postId: number, versions: Version[], rendered: { body: RichText; bodyText: string }[]) {
  return versions.slice(0, -1).map((version, at) => {
    const next = versions[at + 1]!;
    return { postId, revision: at + 1, title: version.title, body: rendered[at]!.body, bodyText: rendered[at]!.bodyText, editorId: next.editorId, reason: next.reason.slice(0, 300), createdAt: next.at };
  });
}

function duplicateLine(original: NonNullable<Staged["duplicate"]>): RichText {
  return { type: "doc", content: [{ type: "paragraph", content: [
    { type: "text", text: "Asked before: " },
    { type: "text", text: original.title, marks: [{ type: "link", attrs: { href: topicPath(original) } }] },
  ] }] };
}
