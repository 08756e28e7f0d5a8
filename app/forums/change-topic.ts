import { eq, sql } from "drizzle-orm";
import { refuseWiderQuotes } from "#app/core/carried-quotes.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { categories, type Category } from "#db/schema/community.ts";
import { posts, type Topic } from "#db/schema/forums.ts";
import { accessCategory } from "./categories.ts";
import { keepRevision } from "./edit-post.ts";
import { changeTopic, lockTopic, ofTopic } from "./lock-topic.ts";
import { canCreateTopic, canEditTopic, canUseKind } from "./policy.ts";
import { checkTopicTags } from "./tag-rules.ts";
import { listTopicTags, setTopicTags } from "./tags.ts";
import { topicSlug, type AccessedTopic } from "./topics.ts";

export type EditTopicInput = { title: string; kind: Topic["kind"]; tags: string[]; categoryId: number; reason: string; /** Told that it quotes what fewer people read than will there. */ knowsReaders?: boolean };

/**
 * Changes title, kind, tags and place, whichever differ. Replies, votes and numbers stay as they are.
 *
 * @throws NotFoundError when either place is hidden from them
 * @throws ForbiddenError when they could not have started it where it should go
 * @throws InvalidInputError when it bears no such tags as its place asks for, or, at `knowsReaders`, when it would carry
 * quotes of a private place to more readers
 */
export function editTopic(actor: Member, topicId: number, input: EditTopicInput) {
  return db.transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, topicId);
    enforce(canEditTopic(actor, topic));
    const place = await accessCategory(tx, actor, input.categoryId);

    if (place.id !== topic.categoryId) await moveTopic(tx, actor, topic, place, input);
    const at = { ...topic, categoryId: place.id };
    if (input.kind !== topic.kind) await changeKind(tx, actor, at, place, input.kind);
    const slug = input.title === topic.title ? topic.slug : await changeTitle(tx, actor, at, input);
    const tagsOf = async () => (await listTopicTags(tx, topicId)).map((tag) => tag.slug).join();
    const tagsBefore = await tagsOf();
    await setTopicTags(tx, topicId, input.tags);
    const isTaggedAnew = (await tagsOf()) !== tagsBefore;
    // Where neither changes, a topic from before the rule keeps its tags: its title can be put right all the same.
    if (isTaggedAnew || place.id !== topic.categoryId) await checkTopicTags(tx, topicId, place.id);
    if (isTaggedAnew) {
      await changeTopic(tx, topicId);
      await record(tx, { type: "topic.changed", ...ofTopic(at), actorId: actor.id, change: "tags" });
    }
    return { id: topic.id, slug };
  });
}

async function moveTopic(tx: Tx, actor: Member, topic: AccessedTopic, target: Category & { level: AccessedTopic["level"] }, { kind, knowsReaders }: EditTopicInput): Promise<void> {
  enforce(canCreateTopic(actor, target));
  if (target.holds !== "topics" || !target.allowedKinds.includes(kind)) throw new InvalidInputError("kind", "forums.kindNotAllowed");
  if (!knowsReaders) await refuseWiderQuotes(tx, actor, { topicId: topic.id }, { from: topic.categoryId, to: target.id });
  await changeTopic(tx, topic.id, { categoryId: target.id });
  // A removed topic is counted nowhere, so that moving it moves no count.
  if (!topic.removedAt) {
    for (const [id, step] of ([[topic.categoryId, -1], [target.id, 1]] as const).toSorted(([a], [b]) => a - b)) {
      await tx.update(categories).set({ topicCount: sql`${categories.topicCount} + ${step}::int` }).where(eq(categories.id, id));
    }
  }
  await record(tx, { type: "topic.moved", ...ofTopic({ id: topic.id, categoryId: target.id }), actorId: actor.id, fromCategoryId: topic.categoryId });
}

async function changeKind(tx: Tx, actor: Member, topic: AccessedTopic, place: Category, kind: Topic["kind"]): Promise<void> {
  const decision = canUseKind(actor, place, kind);
  if (!decision.allowed) throw new InvalidInputError("kind", decision.reason);
  await changeTopic(tx, topic.id, { kind });
  await record(tx, { type: "topic.changed", ...ofTopic(topic), actorId: actor.id, change: "kind" });
}

/** The title is part of the opening post's history. */
async function changeTitle(tx: Tx, actor: Member, topic: AccessedTopic, { title, reason }: EditTopicInput): Promise<string> {
  const [opening] = await tx.select().from(posts).where(sql`${posts.topicId} = ${topic.id} and ${posts.number} = 1`);
  if (opening) {
    await keepRevision(tx, actor, opening, { title: topic.title, reason });
    await tx.update(posts).set({ revision: opening.revision + 1, editedAt: sql`now()` }).where(eq(posts.id, opening.id));
  }
  const slug = topicSlug(title);
  await changeTopic(tx, topic.id, { title, slug });
  await record(tx, { type: "topic.changed", ...ofTopic(topic), actorId: actor.id, change: "title" });
  return slug;
}
