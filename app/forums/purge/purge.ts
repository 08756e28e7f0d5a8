import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enqueue } from "#app/core/jobs.ts";
import { enforce } from "#app/core/policy.ts";
import { stopQuotes } from "#app/core/quotes.ts";
import { BLANK } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { postRevisions, posts } from "#db/schema/forums.ts";
import { tryOut } from "#db/try-out.ts";
import { changeTopic, lockPost, lockTopic, ofPost, ofTopic, type PostRef } from "../lock-topic.ts";
import { canPurgePost, canPurgeTopic, canPurgeVersion } from "../policy.ts";
import { countPost } from "../remove-post.ts";
import { accessTopic, type AccessedTopic } from "../topics.ts";
import { erasePosts } from "./erase-posts.ts";
import { eraseDraftsSaying, eraseFiles, eraseMail, eraseSearchedWords } from "./erase-traces.ts";
import { eraseQuotes } from "./erase-quotes.ts";
import { NOTHING, withQuoteCounts, type Erased, type Evidence } from "./erased.ts";
import { readErasedWords } from "./erased-words.ts";
import { forgetErased } from "./forget-erased.ts";

/** What is to be erased: a whole topic; a post of it; one version of that post. */
export type PurgeTarget = { topicId: number; postNumber?: number; version?: number };

type Purged = { topic: AccessedTopic; erased: Erased };

/**
 * Erases what was written, everywhere, for good. Its number stays, with who erased it and why, and so do the answers to
 * it. A post or a topic must have been removed before; of a version, what the post says now and said otherwise stays.
 *
 * Done twice, or by two at once, the second finds nothing left to erase.
 *
 * @throws ForbiddenError for all but moderators of the place
 */
export function purge(actor: Member, target: PurgeTarget, reason: string, evidence: Evidence): Promise<Purged> {
  return db.transaction((tx) => purgeIn(tx, actor, target, reason, evidence));
}

/** What a purge would erase, counted by doing it and taking it back: nothing else is as sure to be the same. */
export async function rehearsePurge(actor: Member, target: PurgeTarget, evidence: Evidence): Promise<Erased> {
  return (await tryOut((tx) => purgeIn(tx, actor, target, "", evidence))).erased;
}

async function purgeIn(tx: Tx, actor: Member, { topicId, postNumber, version }: PurgeTarget, reason: string, evidence: Evidence): Promise<Purged> {
  // Who may not see it waits for nobody.
  enforce(canPurgeVersion(actor, await accessTopic(tx, actor, topicId)));
  await evidence.hold(tx);
  await stopQuotes(tx);
  if (postNumber === undefined) return purgeTopic(tx, actor, topicId, reason, evidence);
  if (version === undefined) return purgePost(tx, actor, { topicId, postNumber }, reason, evidence);
  return purgeVersion(tx, actor, { topicId, postNumber }, version, reason, evidence);
}

/** Of an opening post the topic's title goes along; the topic itself can come back, with what others wrote in it. */
async function purgePost(tx: Tx, actor: Member, ref: PostRef, reason: string, evidence: Evidence): Promise<Purged> {
  const { topic, post } = await lockPost(tx, actor, ref);
  enforce(canPurgePost(actor, topic, post));
  if (post.purgedAt) return { topic, erased: NOTHING };
  const erased = await erasePosts(tx, actor, topic, [post], { reason, evidence, withTitle: post.number === 1 ? "with its title" : "alone" });
  // An opening post was removed with its topic; from now on it is removed for itself, and stays so when the topic comes back.
  if (!post.removedAt) {
    await tx.update(posts).set({ removedAt: sql`now()` }).where(eq(posts.id, post.id));
    await countPost(tx, post, -1);
  }
  await audit(tx, { actorId: actor.id, action: "post.purged", target: `post:${post.id}`, detail: { topicId: topic.id, number: post.number, reason, ...erased } });
  await record(tx, { type: "post.purged", ...ofPost(topic, post), actorId: actor.id });
  return { topic: await accessTopic(tx, actor, topic.id), erased };
}

async function purgeTopic(tx: Tx, actor: Member, topicId: number, reason: string, evidence: Evidence): Promise<Purged> {
  const topic = await lockTopic(tx, actor, topicId);
  enforce(canPurgeTopic(actor, topic));
  if (topic.purgedAt) return { topic, erased: NOTHING };
  const all = await tx.select().from(posts).where(and(eq(posts.topicId, topicId), isNull(posts.purgedAt))).orderBy(asc(posts.number));
  const erased = await erasePosts(tx, actor, topic, all, { reason, evidence, withTitle: "with its title" });
  await changeTopic(tx, topicId, { purgedAt: sql`now()`, removedReason: reason, removedById: actor.id, pinScope: null, bannerAt: null });
  await audit(tx, { actorId: actor.id, action: "topic.purged", target: `topic:${topicId}`, detail: { reason, ...erased } });
  await record(tx, { type: "topic.purged", ...ofTopic(topic), actorId: actor.id });
  return { topic: await accessTopic(tx, actor, topic.id), erased };
}

async function purgeVersion(tx: Tx, actor: Member, ref: PostRef, version: number, reason: string, evidence: Evidence): Promise<Purged> {
  const { topic, post } = await lockPost(tx, actor, ref);
  if (version === post.revision) throw new InvalidInputError("form", "forums.versionIsNow");
  const all = await tx.select().from(postRevisions).where(eq(postRevisions.postId, post.id));
  const gone = all.find(({ revision }) => revision === version);
  if (!gone) throw new NotFoundError("revision");
  if (gone.purgedAt) return { topic, erased: NOTHING };
  const kept = [post.bodyText, topic.title, ...all.filter((row) => row !== gone).flatMap(({ bodyText, title }) => [bodyText, title ?? ""])];

  await tx
    .update(postRevisions)
    .set({ title: null, body: BLANK, bodyText: "", reason: "", purgedAt: sql`now()`, purgedById: actor.id, purgedReason: reason })
    .where(and(eq(postRevisions.postId, post.id), eq(postRevisions.revision, version)));
  const words = await readErasedWords(tx, [gone.bodyText, gone.title ?? ""], kept);
  const drafts = await eraseDraftsSaying(tx, post.id, words);
  const files = await eraseFiles(tx, [post.authorId, gone.editorId], [gone.body]);
  const quotes = await eraseQuotes(tx, actor, { postIds: [post.id], stays: standsIn(kept) });
  const erased = withQuoteCounts(quotes, {
    ...NOTHING, versions: 1, drafts, files: files.length, mails: await eraseMail(tx, words), searchWords: await eraseSearchedWords(tx, words), ...(await evidence.erase(tx, { postIds: [], words })),
  });
  await enqueue(tx, forgetErased, { files });
  await changeTopic(tx, topic.id);
  await audit(tx, { actorId: actor.id, action: "version.purged", target: `post:${post.id}`, detail: { topicId: topic.id, number: post.number, version, reason, ...erased } });
  await record(tx, { type: "post.purged", ...ofPost(topic, post), actorId: actor.id });
  return { topic, erased };
}

/** Whether words that were quoted are still to be read in what stays. */
function standsIn(kept: string[]): (said: string) => boolean {
  const whole = kept.map(folded).join("\n");
  return (said) => folded(said).split("\n").every((line) => whole.includes(line));
}

function folded(text: string): string {
  return text.split("\n").map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n");
}
