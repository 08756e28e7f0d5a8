import { eq, inArray, sql } from "drizzle-orm";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { articleTags } from "#db/schema/blogs.ts";
import { tags, topicTags, type Tag } from "#db/schema/forums.ts";
import { tagSlug } from "./inputs.ts";
import { canManageTags } from "./policy.ts";

/**
 * Renames a tag and says what it is for. Its old address goes on to lead to it.
 *
 * @throws InvalidInputError when another tag has the name
 */
export function editTag(staff: Member, tagId: number, { name, description }: { name: string; description: string }): Promise<Tag> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    const old = await lockTag(tx, tagId);
    const slug = tagSlug(name);
    if (!slug) throw new InvalidInputError("name", "core.required");
    if (slug !== old.slug) {
      const [other] = await tx.select().from(tags).where(eq(tags.slug, slug));
      // A tag may take back the name of one of its own synonyms; that of another tag is merged, not taken.
      if (other && other.synonymOfId !== tagId) throw new InvalidInputError("name", "forums.tagNameTaken");
      if (other) await tx.delete(tags).where(eq(tags.id, other.id));
    }
    const [tag] = await tx.update(tags).set({ name: name.trim(), slug, description }).where(eq(tags.id, tagId)).returning();
    if (slug !== old.slug) await tx.insert(tags).values({ slug: old.slug, name: old.name, synonymOfId: tagId });
    await record(tx, { type: "tags.changed", tagIds: [tagId] });
    return tag!;
  });
}

/**
 * Makes one tag a synonym of another: its topics and articles move over with those who follow it, and its address
 * redirects from then on.
 *
 * @throws InvalidInputError when it would be merged into itself
 */
export function mergeTags(staff: Member, fromId: number, intoSlug: string): Promise<Tag> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    const [target] = await tx.select().from(tags).where(eq(tags.slug, tagSlug(intoSlug)));
    if (!target) throw new InvalidInputError("into", "forums.noSuchTag");
    const intoId = target.synonymOfId ?? target.id;
    if (intoId === fromId) throw new InvalidInputError("into", "forums.tagIntoItself");
    // Both, in one order: two merges in opposite directions at once wait for each other and do not go round in circles.
    const both = await tx.select().from(tags).where(inArray(tags.id, [fromId, intoId])).orderBy(tags.id).for("update");
    const into = both.find(({ id, synonymOfId }) => id === intoId && synonymOfId === null);
    if (both.length < 2 || !into) throw new NotFoundError("tag");

    // Nobody tags meanwhile: counts of many places change here, in an order of their own.
    await tx.execute(sql`lock table topic_tags in share row exclusive mode`);
    await tx.execute(sql`insert into topic_tags (topic_id, tag_id) select topic_id, ${intoId} from topic_tags where tag_id = ${fromId} on conflict do nothing`);
    await tx.delete(topicTags).where(eq(topicTags.tagId, fromId));
    await tx.execute(sql`insert into article_tags (article_id, tag_id) select article_id, ${intoId} from article_tags where tag_id = ${fromId} on conflict do nothing`);
    await tx.delete(articleTags).where(eq(articleTags.tagId, fromId));
    await moveFollowers(tx, fromId, intoId);
    // A synonym leads straight to what is meant, never to another synonym.
    await tx.update(tags).set({ synonymOfId: intoId }).where(eq(tags.synonymOfId, fromId));
    await tx.update(tags).set({ synonymOfId: intoId, tagGroupId: null }).where(eq(tags.id, fromId));
    // What a category asks for by a group is still there to be chosen.
    const from = both.find(({ id }) => id === fromId)!;
    if (into.tagGroupId === null && from.tagGroupId !== null) await tx.update(tags).set({ tagGroupId: from.tagGroupId }).where(eq(tags.id, intoId));
    await record(tx, { type: "tags.changed", tagIds: [fromId, intoId] });
    return into;
  });
}

/**
 * Of whoever chose a level for both, the stronger stays: watching, tracking, normal, muted. Nobody loses news they asked
 * for because they had muted another word for the same; who muted it and chose nothing for the other has that muted now.
 */
async function moveFollowers(tx: Tx, fromId: number, intoId: number): Promise<void> {
  await tx.execute(sql`
    with gone as (delete from tag_follows where tag_id = ${fromId} returning member_id, level, updated_at)
    insert into tag_follows (member_id, tag_id, level, updated_at) select member_id, ${intoId}::bigint, level, updated_at from gone order by member_id
    on conflict (member_id, tag_id) do update set level = greatest(tag_follows.level, excluded.level)`);
}

/** Makes a word lead to a tag before anyone used it. */
export function addSynonym(staff: Member, tagId: number, word: string): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    const tag = await lockTag(tx, tagId);
    const slug = tagSlug(word);
    if (!slug || slug === tag.slug) throw new InvalidInputError("synonym", "core.invalid");
    const [made] = await tx.insert(tags).values({ slug, name: word.trim(), synonymOfId: tagId }).onConflictDoNothing().returning();
    if (!made) throw new InvalidInputError("synonym", "forums.tagNameTaken");
    await record(tx, { type: "tags.changed", tagIds: [tagId] });
  });
}

/** Takes a tag off all its topics and forgets it with its synonyms. */
export function deleteTag(staff: Member, tagId: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    await lockTag(tx, tagId);
    await tx.delete(tags).where(eq(tags.synonymOfId, tagId));
    await tx.delete(tags).where(eq(tags.id, tagId));
    await record(tx, { type: "tags.changed", tagIds: [tagId] });
  });
}

export function listSynonyms(on: Pick<Tx, "select">, tagId: number) {
  return on.select({ slug: tags.slug, name: tags.name }).from(tags).where(eq(tags.synonymOfId, tagId)).orderBy(tags.slug);
}

async function lockTag(tx: Tx, tagId: number): Promise<Tag> {
  const [tag] = await tx.select().from(tags).where(eq(tags.id, tagId)).for("update");
  if (!tag || tag.synonymOfId) throw new NotFoundError("tag");
  return tag;
}
