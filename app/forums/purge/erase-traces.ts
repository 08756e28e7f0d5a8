import { sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { filesIn } from "#app/core/rich-text.ts";
import type { Tx } from "#db/client.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { saysErased, type ErasedWords } from "./erased-words.ts";

/** Drafts of changes to these posts, and of pages begun from them: both hold the whole text. Answers how many. */
export async function eraseDrafts(tx: Tx, postIds: number[]): Promise<number> {
  const rows = await tx.execute(sql`
    delete from drafts where key in (select kind || id from unnest(${sql.param(postIds)}::bigint[]) id, unnest(array['edit:', 'page-of:']) kind) returning id`);
  return rows.length;
}

/**
 * What its writers keep beside it: a copy from another device, or one begun anew in the same place, is a draft of its own.
 * Only whole sentences tell it from other work of theirs. Answers how many.
 */
export async function eraseCopies(tx: Tx, writerIds: number[], topicId: number, { sentences }: ErasedWords): Promise<number> {
  const rows = await tx.execute(sql`
    delete from drafts where member_id = any(${sql.param(writerIds)}::bigint[]) and key in ('topic', ${`reply:${topicId}`}) and ${saysErased(sql`(title || ' ' || body::text || fields::text)`, { sentences, words: [] })} returning id`);
  return rows.length;
}

/** Of a version that is erased alone: drafts of the post that still say what only it said. */
export async function eraseDraftsSaying(tx: Tx, postId: number, words: ErasedWords): Promise<number> {
  const rows = await tx.execute(sql`
    delete from drafts where key in (${`edit:${postId}`}, ${`page-of:${postId}`}) and ${saysErased(sql`(body::text || fields::text)`, words)} returning id`);
  return rows.length;
}

/** Lines in inboxes that lead to these posts. The bells of whoever had not read them are counted anew. */
export async function eraseNotifications(tx: Tx, postIds: number[]): Promise<number> {
  const rows = await tx.execute<{ memberId: string; isUnread: boolean }>(sql`
    delete from notifications where post_id = any(${sql.param(postIds)}::bigint[]) returning member_id as "memberId", read_at is null as "isUnread"`);
  const ringing = new Set(rows.flatMap(({ memberId, isUnread }) => (isUnread ? [Number(memberId)] : [])));
  for (const memberId of ringing) await record(tx, { type: "notification.changed", memberId });
  return rows.length;
}

/**
 * Files of these writers that erased texts showed and nothing else does. Answers their keys: the bytes are removed when
 * this has committed, by a job. Shown elsewhere are those of other posts, articles and pages, and of what is being written.
 * To be asked when the texts, and drafts of them, are gone from their rows.
 */
export async function eraseFiles(tx: Tx, writerIds: number[], bodies: RichText[]): Promise<string[]> {
  const keys = [...new Set(bodies.flatMap(filesIn))];
  if (keys.length === 0) return [];
  const rows = await tx.execute<{ key: string }>(sql`
    delete from files f where f.storage_key = any(${sql.param(keys)}::text[]) and f.purpose = 'post'
      -- Whoever writes the key of another's picture into a post does not get it deleted.
      and f.owner_id = any(${sql.param(writerIds)}::bigint[])
      and not exists (select from post_files p where p.file_id = f.id)
      and not exists (select from article_files a where a.file_id = f.id) and not exists (select from articles a where a.cover_file_id = f.id)
      and not exists (select from page_files w where w.file_id = f.id)
      and not exists (select from article_revisions r where r.editor_id = f.owner_id and strpos(r.body::text, f.storage_key) > 0)
      and not exists (select from page_revisions r where r.editor_id = f.owner_id and strpos(r.body::text, f.storage_key) > 0)
      and not exists (select from drafts d where d.member_id = f.owner_id and (strpos(d.body::text, f.storage_key) > 0 or strpos(d.fields::text, f.storage_key) > 0))
      and not exists (select from post_revisions r where r.editor_id = f.owner_id and strpos(r.body::text, f.storage_key) > 0)
    returning storage_key as key`);
  return rows.map(({ key }) => key);
}

/** Answers to forms that are kept for a day: they name a topic by the words of its title. */
export async function eraseAnswers(tx: Tx, topic: { id: number; slug: string }): Promise<void> {
  await tx.execute(sql`
    update idempotency_keys set result = jsonb_set(result, '{slug}', to_jsonb(${topic.slug}::text)) where result @> ${JSON.stringify({ id: topic.id })}::jsonb and result ? 'slug' and not result ? 'blog'`);
}

/**
 * Mail that waits to be sent and says any of it is not sent, also while an attempt goes on: a failed one is not made
 * again. Mail about an account, which nobody can stop, says nothing that members wrote. What other waiting work keeps of
 * failures is forgotten. Answers how many mails.
 */
export async function eraseMail(tx: Tx, words: ErasedWords): Promise<number> {
  const said = sql`concat_ws(' ', job.payload->>'subject', job.payload->>'text', job.payload->>'html')`;
  const rows = await tx.execute(sql`
    delete from graphile_worker._private_jobs job using graphile_worker._private_tasks task
    where task.id = job.task_id and task.identifier = 'core.send-mail' and job.payload->>'unsubscribeUrl' is not null and ${saysErased(said, words)} returning job.id`);
  await tx.execute(sql`update graphile_worker._private_jobs job set last_error = null where last_error is not null and ${saysErased(sql`job.last_error`, words)}`);
  return rows.length;
}

/** The words for corrections that stood nowhere else, and what people typed to find them. Answers how many. */
export async function eraseSearchedWords(tx: Tx, { words }: ErasedWords): Promise<number> {
  const gone = await tx.execute(sql`delete from search_words where word = any(${sql.param(words)}::text[]) returning word`);
  const asked = await tx.execute(sql`delete from search_queries where string_to_array(text, ' ') && ${sql.param(words)}::text[] returning id`);
  return gone.length + asked.length;
}

/** Tags that only this topic had: they may be its title in other words. */
export async function eraseTags(tx: Tx, topicId: number): Promise<void> {
  const gone = await tx.execute<{ id: string }>(sql`delete from topic_tags where topic_id = ${topicId} returning tag_id as id`);
  await tx.execute(sql`
    delete from tags where id = any(${sql.param(gone.map(({ id }) => Number(id)))}::bigint[]) and description = '' and synonym_of_id is null and tag_group_id is null
      and not exists (select from topic_tags t where t.tag_id = tags.id) and not exists (select from article_tags a where a.tag_id = tags.id) and not exists (select from tags other where other.synonym_of_id = tags.id)`);
}
