import { and, eq, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { isModeratorOf, type Member, type Viewer } from "#app/core/viewer.ts";
import type { Executor, Tx } from "#db/client.ts";
import { posts, topics, type Post, type Topic } from "#db/schema/forums.ts";
import { accessTopic, type AccessedTopic } from "./topics.ts";

/** A post by its topic and number, as addresses name it. */
export type PostRef = { topicId: number; postNumber: number };

/**
 * A topic for a command that changes it. Its row is locked before anything else is, in every command, so that acts on
 * one topic come in turn and never wait for each other in a circle.
 *
 * @throws NotFoundError as accessTopic does
 */
export async function lockTopic(tx: Tx, actor: Member, topicId: number): Promise<AccessedTopic> {
  await tx.select({ id: topics.id }).from(topics).where(eq(topics.id, topicId)).for("update");
  return accessTopic(tx, actor, topicId);
}

/** The same for an act on one of its posts. */
export async function lockPost(tx: Tx, actor: Member, { topicId, postNumber }: PostRef): Promise<{ topic: AccessedTopic; post: Post }> {
  const topic = await lockTopic(tx, actor, topicId);
  return { topic, post: await accessPost(tx, actor, topic, postNumber) };
}

/**
 * A post of a topic the viewer has been given. One that was removed is there for moderators and its author.
 *
 * @throws NotFoundError when there is none for them
 */
export async function accessPost(on: Executor, viewer: Viewer, topic: AccessedTopic, postNumber: number): Promise<Post> {
  const [post] = await on.select().from(posts).where(and(eq(posts.topicId, topic.id), eq(posts.number, postNumber)));
  if (!post) throw new NotFoundError("post");
  const isTheirs = viewer.kind === "member" && viewer.id === post.authorId;
  if (post.removedAt && !isTheirs && !isModeratorOf(viewer, topic.divisionId)) throw new NotFoundError("post");
  return post;
}

/** Writes to a topic's row and raises the version that open pages compare. */
export async function changeTopic(tx: Tx, topicId: number, values: { [Column in keyof Topic]?: Topic[Column] | ReturnType<typeof sql> } = {}): Promise<void> {
  await tx.update(topics).set({ ...values, version: sql`${topics.version} + 1` }).where(eq(topics.id, topicId));
}

/** What events about a topic, or about one of its posts, begin with. */
export function ofTopic(topic: Pick<Topic, "id" | "categoryId">) {
  return { topicId: topic.id, categoryId: topic.categoryId };
}

export function ofPost(topic: Pick<Topic, "id" | "categoryId">, post: Pick<Post, "id" | "number">) {
  return { ...ofTopic(topic), postId: post.id, postNumber: post.number };
}
