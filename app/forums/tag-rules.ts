import { asc, eq, sql } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import type { Executor, Tx } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { categoryTagGroups, categoryTagRules, tagGroups, tags, topicTags, type TagGroupUse } from "#db/schema/forums.ts";
import { listTagGroups } from "./tag-groups.ts";

// What a category asks of the tags of its topics. One that says nothing of it asks what the nearest one above it asks; one
// that does asks that and nothing else. It is asked when a topic is started, and whenever its tags or its place
// change; a topic from before the rule stays as it is until then.

/** What a category asks, with the tags of the groups it names, for whoever chooses. */
export async function readTagRules(on: Executor, categoryId: number) {
  const sourceId = (await readSourceId(on, categoryId)) ?? categoryId;
  const [[rule], uses] = await Promise.all([
    on.select().from(categoryTagRules).where(eq(categoryTagRules.categoryId, sourceId)),
    on.select({ id: categoryTagGroups.tagGroupId, use: categoryTagGroups.use }).from(categoryTagGroups).where(eq(categoryTagGroups.categoryId, sourceId)),
  ]);
  const groups = uses.length === 0 ? [] : await listTagGroups(on, { only: uses.map(({ id }) => id) });
  return {
    minimum: rule?.minimum ?? 0,
    /** Tags of no other groups are taken here. */
    isLimited: uses.some(({ use }) => use === "allowed"),
    groups: groups.map(({ id, name, description, isSingle, tags: held }) => ({ id, name, description, isSingle, tags: held, use: uses.find((each) => each.id === id)!.use })),
  };
}

export type TagRules = Awaited<ReturnType<typeof readTagRules>>;

/** The nearest of a category and those above it that says what it asks; null when none does. */
async function readSourceId(on: Executor, categoryId: number): Promise<number | null> {
  const [row] = await on.execute<{ id: string }>(sql`
    with recursive line as (
      select id, parent_id, 0 as steps from categories where id = ${categoryId}
      union all select above.id, above.parent_id, line.steps + 1 from categories above join line on above.id = line.parent_id
    ) select id from line
    where exists (select from category_tag_rules where category_id = line.id) or exists (select from category_tag_groups where category_id = line.id)
    order by steps limit 1`);
  return row ? Number(row.id) : null;
}

/** For admins: the category from which another has what it asks; itself, or null where nothing is said anywhere above. */
export async function readTagRulesSource(on: Executor, categoryId: number): Promise<{ id: number; name: string } | null> {
  const id = await readSourceId(on, categoryId);
  const [source] = id === null ? [] : await on.select({ id: categories.id, name: categories.name }).from(categories).where(eq(categories.id, id));
  return source ?? null;
}

/** A category says nothing of its tags any more: what is above it counts. For the command that has asked whether it may. */
export async function inheritTagRules(tx: Tx, categoryId: number): Promise<void> {
  await tx.delete(categoryTagRules).where(eq(categoryTagRules.categoryId, categoryId));
  await tx.delete(categoryTagGroups).where(eq(categoryTagGroups.categoryId, categoryId));
}

/** Sets what a category asks, for the command that has asked whether it may. */
export async function writeTagRules(tx: Tx, categoryId: number, { minimum, uses }: { minimum: number; uses: Map<number, TagGroupUse> }): Promise<void> {
  await tx.insert(categoryTagRules).values({ categoryId, minimum }).onConflictDoUpdate({ target: categoryTagRules.categoryId, set: { minimum } });
  await tx.delete(categoryTagGroups).where(eq(categoryTagGroups.categoryId, categoryId));
  const known = new Set((await tx.select({ id: tagGroups.id }).from(tagGroups).for("key share")).map(({ id }) => id));
  if ([...uses.keys()].some((id) => !known.has(id))) throw new InvalidInputError("minimum", "core.invalid");
  if (uses.size > 0) await tx.insert(categoryTagGroups).values([...uses].map(([tagGroupId, use]) => ({ categoryId, tagGroupId, use })));
}

/**
 * Asks of a topic as it is now what its category asks, in the transaction that gave it its tags or its place.
 *
 * @throws InvalidInputError at the tags, with what is missing or too much
 */
export async function checkTopicTags(tx: Tx, topicId: number, categoryId: number): Promise<void> {
  const borne = await tx
    .select({ name: tags.name, groupId: tags.tagGroupId, group: tagGroups.name, isSingle: tagGroups.isSingle })
    .from(topicTags)
    .innerJoin(tags, eq(tags.id, topicTags.tagId))
    .leftJoin(tagGroups, eq(tagGroups.id, tags.tagGroupId))
    .where(eq(topicTags.topicId, topicId))
    .orderBy(asc(tags.slug));
  const { minimum, isLimited, groups } = await readTagRules(tx, categoryId);
  const of = (groupId: number) => borne.filter((each) => each.groupId === groupId);

  const double = borne.find((tag) => tag.isSingle && of(tag.groupId!).length > 1);
  if (double) throw new InvalidInputError("tags", "forums.oneTagOfGroup", { group: double.group!, tags: of(double.groupId!).map(({ name }) => `#${name}`).join(", ") });
  const missing = groups.find(({ id, use }) => use === "required" && of(id).length === 0);
  if (missing) throw new InvalidInputError("tags", "forums.tagOfGroupRequired", { group: missing.name });
  if (borne.length < minimum) throw new InvalidInputError("tags", "forums.tagsAtLeast", { count: minimum });
  const stray = isLimited ? borne.find(({ groupId }) => !groups.some(({ id }) => id === groupId)) : undefined;
  if (stray) throw new InvalidInputError("tags", "forums.tagNotTakenHere", { tag: stray.name });
}
