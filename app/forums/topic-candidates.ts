import { sql, type SQL } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { seeingOf } from "#app/core/visibility.ts";
import type { ListCursor } from "./list-cursor.ts";
import { categoriesInPlace, scopeOf, type ListPlace, type ListScope } from "./list-scope.ts";

export const topicSorts = ["latest", "new", "unread", "top", "unanswered", "mine"] as const;
export type TopicSort = (typeof topicSorts)[number];

export const topPeriods = ["week", "month", "year", "all"] as const;
export type TopPeriod = (typeof topPeriods)[number];

/** Programs that follow a place are told what is new in it, whatever became of it since. */
export type TopicOrder = TopicSort | "newest";

export type TopicFilter = ListPlace & {
  sort: TopicOrder;
  /** Of "top". */
  period?: TopPeriod;
  tagId?: number;
};

/** What the text of a list's query depends on. All else is given when it is asked: see valuesOf. */
export type ListShape = {
  sort: TopicOrder;
  period?: TopPeriod;
  scope: ListScope;
  isTagged: boolean;
  /** Which way the page goes on from a cursor. */
  direction?: ListCursor["direction"];
  /** A number in the text: the planner chooses by it. */
  limit: number;
  /** For counting: in no order, so that it ends as soon as there are enough. */
  unordered?: true;
};

/** For how long a topic that a member never opened counts as new, at most. */
const NEW_FOR_DAYS = 30;
/** What was said just before a member came is new to them too. */
const NEW_BEFORE_JOINING_DAYS = 7;
/** How many topics a page shows, and one more, with something for looking up being dearer than going on. */
const PAGE_WEIGHT = 40;

const periodDays: Record<Exclude<TopPeriod, "all">, number> = { week: 7, month: 30, year: 365 };

const isListed = sql`t.removed_at is null and t.unlisted_at is null`;

const me = sql`${sql.placeholder("seerId")}::bigint`;
const tagId = sql`${sql.placeholder("tagId")}::bigint`;

export function shapeOf(filter: TopicFilter, { cursor, limit, unordered }: { cursor: ListCursor | null; limit: number; unordered?: true }): ListShape {
  const { sort, period } = filter;
  return { sort, period, scope: scopeOf(filter), isTagged: filter.tagId !== undefined, direction: cursor?.direction, limit: Math.trunc(limit), unordered };
}

/** What a query of such a shape is to be given. No row belongs to member 0: what is personal is empty for guests. */
export function valuesOf(viewer: Viewer, { sort, divisionId, categoryId, tagId }: TopicFilter, cursor: ListCursor | null): Record<string, unknown> {
  const key = cursor && (sort === "top" ? Number(cursor.key) : Math.trunc(Number(cursor.key)));
  return { ...seeingOf(viewer), divisionId, categoryId, tagId, cursorKey: key, cursorId: cursor?.id };
}

/**
 * A query for the topics of one page: `id`, the sort `key` and `is_pinned`, not yet in order. It reads at most
 * `limit` rows of an index for each category the viewer sees, so a page costs the same however many topics there
 * are, wherever in the list it lies, and however few of them this viewer may see.
 */
export function topicCandidates(shape: ListShape): SQL {
  const { sort, scope, isTagged, unordered } = shape;
  const limit = sql.raw(String(shape.limit));
  const places = categoriesInPlace(scope);
  const key = keyOf(sort);
  const where = [isListed, ...conditionsOf(shape), beyond(shape)].filter((part) => part !== undefined);
  const direction = shape.direction === "before" ? sql`asc` : sql`desc`;
  const inOrder = (by: SQL, id: SQL) => (unordered ? sql`` : sql`order by ${by} ${direction}, ${id} ${direction}`);
  const order = inOrder(key, sql`t.id`);
  const columns = sql`t.id, ${key} as key, ${keyText(sort)} as key_text`;

  if (sort === "unread") {
    // From the member's own rows, which are few, and in order before posts are looked at: only as many as are shown.
    return sql`select id, key, key_text, false as is_pinned from (
        select ${columns}, mine.last_read_number from (
          select topic_id, level, last_read_number from topic_reads where member_id = ${me} offset 0
        ) mine cross join lateral (select * from topics where topics.id = mine.topic_id offset 0) t ${taggedWith(isTagged)}
        where t.category_id = any(array(${places})) and ${sql.join(where, sql` and `)} ${order} offset 0
      ) t where ${somethingToRead} limit ${limit}`;
  }
  const seen = sql`t.category_id = any(array(${places})) and ${sql.join(where, sql` and `)}`;
  if (sort === "mine") return sql`select ${columns}, false as is_pinned from topics t ${taggedWith(isTagged)} where ${seen} ${order} limit ${limit}`;
  if (isTagged) {
    // Of all n topics, c bear the tag. Either those are looked up, or the list of all is followed until a page is full,
    // which is after a page's worth of n / c topics. The planner cannot tell which is less, and was seen to read all there are.
    const isSmall = sql`(select coalesce(sum(counted.topic_count), 0) ^ 2 from tag_counts counted where counted.tag_id = ${tagId})
      <= ${PAGE_WEIGHT}::int * (select sum(categories.topic_count) from categories)`;
    return sql`(select ${columns}, false as is_pinned
        from (select topic_id from topic_tags where tag_id = ${tagId} and ${isSmall} offset 0) tagged
        cross join lateral (select * from topics where topics.id = tagged.topic_id offset 0) t
        where ${seen} ${order} limit ${limit})
      union all (select ${columns}, false as is_pinned from topics t
        where not ${isSmall} and (select true from topic_tags tagged where tagged.topic_id = t.id and tagged.tag_id = ${tagId}) and ${seen} ${order} limit ${limit})`;
  }
  const notPinned = sort === "latest" ? sql`and t.id <> all(array(select id from pinned))` : sql``;
  const page = sql`select found.*, false as is_pinned from (${places}) place cross join lateral (
      select ${columns} from topics t where t.category_id = place.id and ${sql.join(where, sql` and `)} ${notPinned}
      ${order} limit ${limit}
    ) found ${inOrder(sql`found.key`, sql`found.id`)} limit ${limit}`;
  if (sort !== "latest") return page;
  // Those on top come with the first page, and are left out of all others.
  return sql`with pinned as materialized (${pinnedIn(scope, places)})
    ${shape.direction ? sql`` : sql`select id, key, key_text, true as is_pinned from pinned union all`} select * from (${page}) page`;
}

function taggedWith(isTagged: boolean): SQL {
  return !isTagged ? sql`` : sql`join topic_tags tagged on tagged.topic_id = t.id and tagged.tag_id = ${tagId}`;
}

function conditionsOf({ sort, period }: ListShape): (SQL | undefined)[] {
  const days = sort === "top" && period && period !== "all" ? periodDays[period] : undefined;
  return [
    days ? sql`t.created_at >= now() - make_interval(days => ${sql.raw(String(days))})` : undefined,
    sort === "unanswered" ? sql`t.kind = 'question' and t.accepted_post_id is null` : undefined,
    sort === "mine" ? sql`t.author_id = ${me}` : undefined,
    sort === "unread" ? sql`mine.level <> 'muted' and mine.last_read_number < t.last_post_number` : undefined,
    // "Is false" rather than "not": as a join, the planner takes it for rare that a topic is new, and sorts all before it looks.
    sort === "new" ? sql`t.created_at >= ${newSince} and t.author_id <> ${me}
      and (exists (select from topic_reads opened where opened.member_id = ${me} and opened.topic_id = t.id)) is false` : undefined,
    sort === "new" || sort === "unread" ? sql`(exists (select from category_follows muted
      where muted.member_id = ${me} and muted.category_id = t.category_id and muted.level = 'muted')) is false` : undefined,
    sort === "new" ? sql`${hasMutedTag} is false` : undefined,
    // Who follows a topic on purpose reads it whatever its tags are.
    sort === "unread" ? sql`(mine.level <> 'normal' or ${hasMutedTag} is false)` : undefined,
  ];
}

/** Asked of each row only for those who muted any tag: whether they did is asked once. */
const hasMutedTag = sql`(exists (select from tag_follows chosen where chosen.member_id = ${me} and chosen.level = 'muted') and exists (select from tag_follows muted join topic_tags bears on bears.tag_id = muted.tag_id
    where muted.member_id = ${me} and muted.level = 'muted' and bears.topic_id = t.id))`;

/** Removed posts and one's own are nothing to come back for. */
const somethingToRead = sql`exists (select from posts p where p.topic_id = t.id and p.number > t.last_read_number
    and p.removed_at is null and p.author_id <> ${me})`;

const newSince = sql`greatest(now() - make_interval(days => ${NEW_FOR_DAYS}::int),
    (select created_at from members where id = ${me}) - make_interval(days => ${NEW_BEFORE_JOINING_DAYS}::int))`;

/** Pinned for all of the site, for the division looked at, or in the category looked at and those below it. */
function pinnedIn(scope: ListScope, places: SQL): SQL {
  const scopes = scope === "category" ? sql`t.pin_scope is not null` : scope === "division" ? sql`t.pin_scope in ('site', 'division')` : sql`t.pin_scope = 'site'`;
  return sql`select t.id, t.last_post_at as key, ${keyText("latest")} as key_text from topics t
    where t.pin_scope is not null and ${scopes} and (t.pinned_until is null or t.pinned_until > now())
      and t.category_id = any(array(${places})) and ${isListed}
    order by t.last_post_at desc limit 10`;
}

function keyOf(sort: TopicOrder): SQL {
  if (sort === "top") return sql`t.top_score`;
  return sort === "new" || sort === "newest" || sort === "unanswered" ? sql`t.created_at` : sql`t.last_post_at`;
}

/** The key as a cursor carries it: exact, because a millisecond cut off would repeat or skip a row. */
function keyText(sort: TopicOrder): SQL {
  if (sort === "top") return sql`t.top_score::text`;
  return sql`(extract(epoch from ${keyOf(sort)}) * 1000000)::bigint::text`;
}

function beyond({ sort, direction }: ListShape): SQL | undefined {
  if (!direction) return undefined;
  const given = sql.placeholder("cursorKey");
  const key = sort === "top" ? sql`${given}::float8` : sql`timestamptz 'epoch' + ${given}::bigint * interval '1 microsecond'`;
  const row = sql`(${key}, ${sql.placeholder("cursorId")}::bigint)`;
  return direction === "after" ? sql`(${keyOf(sort)}, t.id) < ${row}` : sql`(${keyOf(sort)}, t.id) > ${row}`;
}
