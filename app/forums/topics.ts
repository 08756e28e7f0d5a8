import { eq, getTableColumns, sql } from "drizzle-orm";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { once } from "#app/core/idempotency.ts";
import { enforce } from "#app/core/policy.ts";
import { withTrueQuotes } from "#app/core/quotes.ts";
import { slugOf } from "#app/core/slug.ts";
import { isModeratorOf, type Member, type Viewer } from "#app/core/viewer.ts";
import { ASKING, rightsAt, seeingOf } from "#app/core/visibility.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, type RightsLevel } from "#db/schema/community.ts";
import { topics, type Topic } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { accessCategory } from "./categories.ts";
import type { CreateTopicInput } from "./inputs.ts";
import { discardDraft } from "#app/core/drafts.ts";
import { canCreateTopic, canUseKind } from "./policy.ts";
import { isUntouchedTemplate } from "./posting-form.ts";
import { addPost } from "./posts.ts";
import { checkTopicTags } from "./tag-rules.ts";
import { setTopicTags } from "./tags.ts";

/** A topic with its place and what this viewer may do there. */
export type AccessedTopic = Topic & { level: RightsLevel; divisionId: number };

/**
 * The only way to get a topic for a viewer. A removed topic is there for its division's moderators only.
 *
 * @throws NotFoundError when there is no such topic, or its category is hidden from them
 */
export async function accessTopic(on: Executor, viewer: Viewer, topicId: number): Promise<AccessedTopic> {
  const [topic] = await topicFor(on, { ...seeingOf(viewer), topicId });
  if (!topic || (topic.removedAt && !isModeratorOf(viewer, topic.divisionId))) throw new NotFoundError("topic");
  return topic;
}

const topicFor = prepared(() => {
  const rights = rightsAt(topics.categoryId, ASKING);
  return db
    .select({ ...getTableColumns(topics), level: rights.level, divisionId: categories.divisionId })
    .from(topics)
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoinLateral(rights, sql`true`)
    .where(eq(topics.id, sql.placeholder("topicId")));
});

/**
 * Starts a topic with its opening post.
 *
 * @throws NotFoundError when the author may not see the category
 * @throws ForbiddenError when they may see it but not start topics, with the reason
 * @throws InvalidInputError when the category does not take this kind of topic, or from them, or asks for other tags; at
 * `knowsReaders` when it quotes what fewer people may read
 */
export function createTopic(author: Member, categoryId: number, { key, draftId, tags = [], knowsReaders = false, ...input }: CreateTopicInput): Promise<{ id: number; slug: string }> {
  return db.transaction((tx) =>
    once(tx, author.id, key, { categoryId, tags, ...input }, async () => {
      const category = await accessCategory(tx, author, categoryId);
      enforce(canCreateTopic(author, category));

      const { title, kind } = input;
      const kindDecision = canUseKind(author, category, kind);
      if (!kindDecision.allowed || category.holds !== "topics") throw new InvalidInputError("kind", kindDecision.allowed ? "forums.kindNotAllowed" : kindDecision.reason);
      if (await isUntouchedTemplate(tx, categoryId, input)) throw new InvalidInputError("body", "forums.template.untouched");
      const body = await withTrueQuotes(tx, author, input.body, { categoryId, knowsReaders });
      const topic = await openTopic(tx, author, { categoryId, title, kind, body });
      await setTopicTags(tx, topic.id, tags);
      await checkTopicTags(tx, topic.id, categoryId);
      await discardDraft(tx, author, "topic", draftId);
      return { id: topic.id, slug: topic.slug };
    }),
  );
}

/** Writes a topic and its opening post, for the commands that have checked that they may. */
export async function openTopic(
  tx: Tx,
  author: Pick<Member, "id">,
  { body, ...facts }: Pick<Topic, "categoryId" | "title" | "kind"> & Partial<Pick<Topic, "articleId" | "pageId">> & { body: RichText },
): Promise<Topic> {
  const [topic] = await tx.insert(topics).values({ ...facts, authorId: author.id, slug: topicSlug(facts.title) }).returning();
  await addPost(tx, author, topic!, { body });
  await tx.update(members).set({ topicCount: sql`${members.topicCount} + 1` }).where(eq(members.id, author.id));
  await tx.update(categories).set({ topicCount: sql`${categories.topicCount} + 1` }).where(eq(categories.id, facts.categoryId));

  await record(tx, { type: "topic.created", topicId: topic!.id, categoryId: facts.categoryId, authorId: author.id });
  return topic!;
}

/** The readable part of a topic's address. A title without a Latin letter leaves none. */
export function topicSlug(title: string): string {
  return slugOf(title, "topic");
}
