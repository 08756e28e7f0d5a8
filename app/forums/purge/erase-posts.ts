import { inArray, sql } from "drizzle-orm";
import { enqueue } from "#app/core/jobs.ts";
import { translate } from "#app/core/messages.ts";
import { BLANK } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import type { Tx } from "#db/client.ts";
import { postFiles } from "#db/schema/files.ts";
import { postMentions, postRevisions, posts, type Post } from "#db/schema/forums.ts";
import { changeTopic } from "../lock-topic.ts";
import { topicSlug, type AccessedTopic } from "../topics.ts";
import { eraseQuotes } from "./erase-quotes.ts";
import { eraseAnswers, eraseCopies, eraseDrafts, eraseFiles, eraseMail, eraseNotifications, eraseSearchedWords, eraseTags } from "./erase-traces.ts";
import { NOTHING, withQuoteCounts, type Erased, type Evidence } from "./erased.ts";
import { readErasedWords } from "./erased-words.ts";
import { forgetErased } from "./forget-erased.ts";

type How = { reason: string; evidence: Evidence; withTitle: "alone" | "with its title" };

/** Takes the words of some posts of a topic out of everything that holds them. For those who hold its lock, and that of quotes. */
export async function erasePosts(tx: Tx, actor: Member, topic: AccessedTopic, gone: Post[], { reason, evidence, withTitle }: How): Promise<Erased> {
  const postIds = gone.map(({ id }) => id);
  const before = await tx.delete(postRevisions).where(inArray(postRevisions.postId, postIds)).returning();
  await tx
    .update(posts)
    .set({ body: BLANK, bodyHtml: "", bodyText: "", editedAt: null, purgedAt: sql`now()`, removedById: actor.id, removedReason: reason })
    .where(inArray(posts.id, postIds));
  await tx.delete(postMentions).where(inArray(postMentions.postId, postIds));
  await tx.delete(postFiles).where(inArray(postFiles.postId, postIds));
  // What is talk about an article or a page is called as that is, and keeps its name.
  const loses = withTitle === "with its title" && topic.articleId === null && topic.pageId === null;
  if (loses) await eraseTitle(tx, topic.id);
  else await changeTopic(tx, topic.id, withTitle === "with its title" ? { excerpt: "" } : {});

  const texts = [...gone.map(({ bodyText }) => bodyText), ...before.flatMap(({ bodyText, title, reason: why }) => [bodyText, title ?? "", why]), ...(loses ? [topic.title] : [])];
  const words = await readErasedWords(tx, texts, loses ? [] : [topic.title]);
  const writers = [...gone.map(({ authorId }) => authorId), ...before.map(({ editorId }) => editorId)];
  const drafts = (await eraseDrafts(tx, postIds)) + (await eraseCopies(tx, writers, topic.id, words));
  const files = await eraseFiles(tx, writers, [...gone, ...before].map(({ body }) => body));
  const quotes = await eraseQuotes(tx, actor, { postIds, stays: () => false });
  const notifications = await eraseNotifications(tx, postIds);
  const mails = await eraseMail(tx, words);
  const searchWords = await eraseSearchedWords(tx, words);
  const found = await evidence.erase(tx, { postIds, words });
  await enqueue(tx, forgetErased, { files });
  return withQuoteCounts(quotes, { ...NOTHING, posts: gone.length, versions: before.length, titles: loses ? 1 : 0, drafts, notifications, mails, files: files.length, searchWords, ...found });
}

/** What a topic is called, in its address too, and what its moderators said of it. */
async function eraseTitle(tx: Tx, topicId: number): Promise<void> {
  const title = translate("en", "forums.erasedTopic");
  await eraseTags(tx, topicId);
  await changeTopic(tx, topicId, { title, slug: topicSlug(title), excerpt: "", lockedReason: "", ideaStatusReason: "" });
  await eraseAnswers(tx, { id: topicId, slug: topicSlug(title) });
}
