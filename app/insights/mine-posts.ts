import { sql, type SQL } from "drizzle-orm";
import { breather } from "#app/core/breathe.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import type { LabelKind } from "#db/schema/insights.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import { activeModel, shippedModel } from "./active-model.ts";
import { readGlossary } from "./areas.ts";
import { asColumns } from "./as-columns.ts";
import { followReading } from "./draw-sample.ts";
import { refreshSoon } from "./count-later.ts";
import type { Glossary } from "./glossary.ts";
import { joinsThemes } from "./joins-themes.ts";
import { kindOf } from "./mining/kinds.ts";
import type { Model } from "./mining/model.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { canReadTwice, readTwiceSoon } from "./read-twice-soon.ts";
import { sameStatements, type Held, type Wanted } from "./same-statements.ts";
import { statementsOfPost, type MinedStatement, type PostToMine } from "./statements-of-post.ts";
import { hasNoSubject } from "./subject-words.ts";
import { textHash } from "./text-hash.ts";
import { groupsOf, lockMining, proposeThemes, rebuildClusters, settleGroups, withThemes } from "./theme-keeper.ts";
import type { ThemeEngine } from "./themes/engine.ts";
import { readSubjects, type Subject } from "./topic-subjects.ts";
import { isEmployee } from "./voices.ts";

export type PostRow = {
  id: string; topicId: string; kind: TopicKind; number: number; authorId: string; body: RichText; bodyText: string; revision: number; createdAt: string;
  title: string; categoryId: string; divisionId: string; isRemoved: boolean; isEmployee: boolean; isRead: boolean; fingerprint: string | null;
  /** The same as long as neither the post nor what it stands in was written to. */
  version: string;
};

export type Mined = { posts: number; statements: number; themeIds: number[] };

/** What a reading depends on beside the post itself: a new one reads all posts again. */
export function readerOf(modelVersion: string, glossary: Glossary): string {
  return `${modelVersion}/${glossary.version}`;
}

/** The same reader where it has read a post twice: see read-twice.ts. */
export function twiceBy(reader: string): string {
  return `${reader}~2`;
}

/** In a query of posts with the rows `m` of mined_posts, if any: whether this reader has read it neither once nor twice. */
export function isUnread(reader: string): SQL {
  return sql`(m.model_version is null or m.model_version not in (${reader}, ${twiceBy(reader)}))`;
}

/**
 * Reads posts and brings their statements, and the themes these belong to, up to what the posts say now. A post that was
 * read in this state before is left as it is: doing it twice is doing it once. What a person decided stays.
 */
export async function minePosts(postIds: number[]): Promise<Mined> {
  if (!shippedModel() || postIds.length === 0) return NOTHING_MINED;
  return db.transaction(async (tx) => {
    await lockMining(tx);
    return minePostsHeld(tx, (await activeModel(tx))!, postIds);
  });
}

/** For those who hold the lock of mining. */
export async function minePostsHeld(tx: Tx, model: Model, postIds: number[]): Promise<Mined> {
  const mined = await mineUncounted(tx, model, postIds);
  await refreshSoon(tx, mined.themeIds);
  return mined;
}

/** The same for those who read many posts and count what their themes hold at the end: see `leaveUncounted`. */
export async function mineUncounted(tx: Tx, model: Model, postIds: number[], ahead?: ReadAhead | null): Promise<Mined> {
  const glossary = await readGlossary(tx);
  const reader = readerOf(model.facts.version, glossary);
  const rows = await readPosts(tx, postIds);
  const changed = rows.filter((post) => !isReadBy(post, reader) && !isReadBy(post, twiceBy(reader)));
  const before = ahead?.reader === reader ? ahead.posts : undefined;
  const mined = await store(tx, changed, model, reader, (post) => {
    const read = before?.get(post.id);
    return read?.version === post.version ? read.mined : minedOf(post, model, glossary);
  });
  if (canReadTwice(model) && changed.some(({ isRead }) => isRead)) await readTwiceSoon(tx);
  return mined;
}

/**
 * Takes over what posts say on a second reading (see read-twice.ts), for those who hold the lock of mining: of those whose
 * rows are the same as when they were read, and that were read once as they are now. The others wait for another time.
 */
export async function takeSecondReading(tx: Tx, model: Model, { reader, posts }: ReadAhead): Promise<Mined> {
  if (reader !== readerOf(model.facts.version, await readGlossary(tx))) return NOTHING_MINED;
  const rows = (await readPosts(tx, [...posts.keys()].map(Number))).filter((post) => posts.get(post.id)!.version === post.version && post.isRead && isReadBy(post, reader));
  const mined = await store(tx, rows, model, twiceBy(reader), ({ id }) => posts.get(id)!.mined);
  await followReading(tx, rows.map(({ id }) => Number(id)));
  return mined;
}

const NOTHING_MINED: Mined = { posts: 0, statements: 0, themeIds: [] };

/** Whether what is stored of a post is what this reader made of it as it is now. */
function isReadBy(post: PostRow, reader: string): boolean {
  return post.fingerprint === (post.isRead ? fingerprintOf(post, reader) : null);
}

async function store(tx: Tx, posts: PostRow[], model: Model, reader: string, minedOfPost: (post: PostRow) => MinedStatement[]): Promise<Mined> {
  if (posts.length === 0) return NOTHING_MINED;
  const held = await readHeld(tx, posts.map(({ id }) => Number(id)));
  const plan = { kept: [] as Wanted[], added: [] as Wanted[], gone: [] as Gone[] };
  const breathe = breather();
  for (const post of posts) {
    await breathe();
    const wanted = post.isRead ? wantedOf(post, minedOfPost(post)) : [];
    const { kept, added, gone } = sameStatements(held.get(Number(post.id)) ?? [], wanted, post);
    plan.kept.push(...kept);
    plan.added.push(...added);
    plan.gone.push(...gone.map((one) => ({ ...one, topicId: Number(post.topicId) })));
  }
  const themeIds = await write(tx, plan, model.facts.version);
  await mark(tx, posts, reader);
  return { posts: posts.length, statements: plan.kept.length + plan.added.length, themeIds };
}

type Gone = Held & { topicId: number };

async function write(tx: Tx, { kept, added, gone }: { kept: Wanted[]; added: Wanted[]; gone: Gone[] }, modelVersion: string): Promise<number[]> {
  const touched = new Set<number>();
  for (const { themeId } of [...gone, ...kept]) if (themeId) touched.add(themeId);
  const left = new Set(gone.flatMap(({ clusterId }) => (clusterId === null ? [] : [clusterId])));
  const leave = (one: Wanted) => {
    left.add(one.clusterId!);
    Object.assign(one, { clusterId: null, themeId: null, similarity: null, isChanged: true });
  };
  const placed = kept.filter(({ clusterId, placedBy }) => clusterId !== null && placedBy === "auto");
  // What a new reader no longer takes for the same kind of thing leaves where it was put by the old one.
  const leaving = placed.filter((one) => !joinsThemes({ ...one, excluded: null }));
  const titlesLeft = new Set([...gone, ...leaving].filter(({ part }) => part === "title").map(({ topicId, clusterId }) => `${topicId} ${clusterId}`));
  // Who only said "same here" looks for another place, too, once the title they spoke of has gone.
  const following = placed.filter((one) => one.part === "body" && one.similarity === null && titlesLeft.has(`${one.topicId} ${one.clusterId}`) && !leaving.includes(one));
  for (const one of [...leaving, ...following]) leave(one);
  if (gone.length > 0) await tx.execute(sql`delete from statements where id = any(${sql.param(gone.map(({ id }) => id))}::bigint[])`);
  const subjects = await readSubjects(tx, [...new Set([...kept, ...added].map(({ topicId }) => topicId))]);
  await withThemes(tx, (engine) => place([...kept.filter(({ clusterId, placedBy }) => clusterId === null && placedBy === "auto"), ...added], engine, subjects));
  await update(tx, kept, modelVersion);
  await insert(tx, added, modelVersion);
  const groups = await groupsOf(tx, [...kept, ...added].flatMap(({ clusterId }) => (clusterId === null ? [] : [clusterId])));
  const postIds = [...new Set([...kept, ...added].map(({ postId }) => postId))];
  for (const id of await settleGroups(tx, groups, { postIds })) touched.add(id);
  for (const id of await proposeThemes(tx, groups)) touched.add(id);
  await rebuildClusters(tx, [...left].sort((a, b) => a - b));
  return [...touched].sort((a, b) => a - b);
}

/**
 * In the order in which they were said, whatever order the posts came in. "Same in Hungary since 4.3" is like nothing that
 * was said elsewhere; it speaks of what its topic's title says, if it is a thing of the same kind.
 */
async function place(statements: Wanted[], engine: ThemeEngine, subjects: Map<number, Subject>): Promise<void> {
  const breathe = breather();
  for (const one of statements) {
    await breathe();
    if (!joinsThemes(one)) continue;
    const isTitle = one.part === "title";
    const subject = subjects.get(one.topicId);
    const mayFollow = !isTitle && subject !== undefined && kindOf(subject.intent) === kindOf(one.intent);
    if (hasNoSubject(one)) {
      // "It does not work for me either" adds a voice to what the title says; "Thoughts?" adds nothing.
      if (mayFollow && one.intent !== "question" && one.intent !== "praise") Object.assign(one, { clusterId: subject.clusterId, similarity: null, isChanged: true });
      continue;
    }
    const words = { text: one.quote, title: isTitle ? "" : one.title, at: Date.parse(one.createdAt), ...(!isTitle && subject && { home: subject.clusterId }) };
    const { cluster, similarity, opened } = engine.place(words);
    // Who replies to a question with a question asks somebody back.
    const isAskedBack = one.isReply && one.intent === "question" && subject?.intent === "question";
    const follows = opened && mayFollow && !isAskedBack;
    if (follows) engine.retract(cluster, words);
    one.clusterId = follows ? subject.clusterId : cluster;
    one.similarity = follows ? null : Math.fround(similarity);
    one.isChanged = true;
    if (isTitle) subjects.set(one.topicId, { clusterId: cluster, intent: one.intent });
  }
}

async function insert(tx: Tx, added: Wanted[], modelVersion: string): Promise<void> {
  if (added.length === 0) return;
  await tx.execute(sql`
    insert into statements (post_id, topic_id, category_id, author_id, part, start, "end", revision, text_hash, quote_hash, language, intent, confidence,
      sentiment, urgency, band, review_worth, area_id, model_version, excluded, cluster_id, theme_id, similarity, created_at)
    select "postId", "topicId", "categoryId", "authorId", part::statement_part, start, "end", revision, "textHash", "quoteHash", language, intent::statement_intent, confidence,
      sentiment::statement_sentiment, urgency::statement_urgency, band::statement_band, "reviewWorth", "areaId", ${modelVersion}, excluded::statement_exclusion, "clusterId", "themeId", similarity, "createdAt"::timestamptz
    from ${asColumns(added, COLUMNS)} order by n`);
}

/** Offsets first move out of each other's way: two statements may have changed places. */
async function update(tx: Tx, kept: Wanted[], modelVersion: string): Promise<void> {
  const changed = kept.filter((one) => one.isChanged || one.modelVersion !== modelVersion);
  if (changed.length === 0) return;
  const moved = changed.filter((one) => one.hasMoved).map(({ id }) => id!);
  if (moved.length > 0) await tx.execute(sql`update statements set start = start + 100000000, "end" = "end" + 100000000 where id = any(${sql.param(moved)}::bigint[])`);
  await tx.execute(sql`
    update statements s set start = x.start, "end" = x."end", revision = x.revision, text_hash = x."textHash", quote_hash = x."quoteHash", language = x.language,
      intent = x.intent::statement_intent, confidence = x.confidence, sentiment = x.sentiment::statement_sentiment, urgency = x.urgency::statement_urgency, band = x.band::statement_band,
      review_worth = x."reviewWorth", area_id = x."areaId", category_id = x."categoryId", excluded = x.excluded::statement_exclusion, cluster_id = x."clusterId", theme_id = x."themeId",
      similarity = x.similarity, model_version = ${modelVersion}
    from ${asColumns(changed, { id: "bigint", ...COLUMNS })} where s.id = x.id`);
}

const COLUMNS = {
  postId: "bigint", topicId: "bigint", categoryId: "bigint", authorId: "bigint", part: "text", start: "int", end: "int", revision: "int", textHash: "text", quoteHash: "text", language: "text",
  intent: "text", confidence: "real", sentiment: "text", urgency: "text", band: "text", reviewWorth: "real", areaId: "bigint", excluded: "text", clusterId: "bigint", themeId: "bigint",
  similarity: "real", createdAt: "text",
} as const;

export async function readPosts(on: Executor, postIds: number[]): Promise<PostRow[]> {
  return on.execute<PostRow>(sql`
    select p.id, concat_ws(' ', p.xmin, t.xmin, c.xmin) as version, p.topic_id as "topicId", t.kind, p.number, p.author_id as "authorId", p.body, p.body_text as "bodyText", p.revision,
      to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt",
      t.title, t.category_id as "categoryId", c.division_id as "divisionId", p.removed_at is not null or t.removed_at is not null as "isRemoved",
      p.is_staff_note or ${isEmployee} as "isEmployee", c.read_for_feedback as "isRead", mined_posts.fingerprint
    from posts p join topics t on t.id = p.topic_id join categories c on c.id = t.category_id join members on members.id = p.author_id
    left join mined_posts on mined_posts.post_id = p.id
    where p.id = any(${sql.param(postIds)}::bigint[])
      -- The opening of a talk says what it is about: nobody asks for anything there.
      and (p.number > 1 or num_nonnulls(t.article_id, t.page_id) = 0)
    order by p.id`);
}

function fingerprintOf(post: PostRow, reader: string): string {
  return textHash(JSON.stringify([reader, post.revision, post.bodyText, post.title, post.kind, post.categoryId, excludedOf(post)]));
}

function excludedOf({ isRemoved, isEmployee: byEmployee }: PostRow): Wanted["excluded"] {
  return isRemoved ? "removed" : byEmployee ? "employee" : null;
}

/** Each field by its name: putting together two objects of so many costs a third of what it takes to find what the post says. */
function wantedOf(post: PostRow, mined: MinedStatement[]): Wanted[] {
  const [postId, topicId, categoryId, authorId] = [Number(post.id), Number(post.topicId), Number(post.categoryId), Number(post.authorId)];
  const { revision, createdAt, title } = post;
  const isReply = post.number > 1;
  const excluded = excludedOf(post);
  return mined.map(({ part, start, end, textHash: hash, quoteHash, quote, language, intent, confidence, sentiment, urgency, band, reviewWorth, areaId }) => ({
    id: null, postId, topicId, categoryId, authorId, revision, createdAt, title, isReply, excluded, clusterId: null, themeId: null, similarity: null, placedBy: "auto",
    corrected: [] as LabelKind[], modelVersion: "", isChanged: true, hasMoved: false,
    part, start, end, textHash: hash, quoteHash, quote, language, intent, confidence, sentiment, urgency, band, reviewWorth, areaId,
  }));
}

/** What a post says, whatever is stored of it. */
export function minedOf(post: PostRow, model: Model, glossary: Glossary): MinedStatement[] {
  return statementsOfPost(toMine(post), model, glossary);
}

export function toMine({ kind, number, body, bodyText, title, divisionId }: PostRow): PostToMine {
  return { kind, number, body, bodyText, title, divisionId: Number(divisionId) };
}

async function readHeld(tx: Tx, postIds: number[]): Promise<Map<number, Held[]>> {
  const rows = await tx.execute<Record<keyof Held, never>>(sql`
    select id, post_id as "postId", category_id as "categoryId", part, start, "end", revision, text_hash as "textHash", quote_hash as "quoteHash", language, intent, confidence,
      sentiment, urgency, band, review_worth as "reviewWorth", area_id as "areaId", corrected::text[] as corrected, model_version as "modelVersion", excluded, cluster_id as "clusterId", theme_id as "themeId",
      similarity, placed_by as "placedBy", captured_by_id is not null as "isCaptured"
    from statements where post_id = any(${sql.param(postIds)}::bigint[]) order by post_id, part, start`);
  const number = (value: unknown) => (value === null ? null : Number(value));
  const held = new Map<number, Held[]>();
  for (const row of rows) {
    const postId = Number(row.postId);
    if (!held.has(postId)) held.set(postId, []);
    held.get(postId)!.push({ ...row, id: Number(row.id), postId, categoryId: Number(row.categoryId), areaId: number(row.areaId), clusterId: number(row.clusterId), themeId: number(row.themeId) } as Held);
  }
  return held;
}

async function mark(tx: Tx, posts: PostRow[], reader: string): Promise<void> {
  const unread = posts.filter(({ isRead }) => !isRead).map(({ id }) => Number(id));
  if (unread.length > 0) await tx.execute(sql`delete from mined_posts where post_id = any(${sql.param(unread)}::bigint[])`);
  const marks = posts.filter(({ isRead }) => isRead).map((post) => ({ id: Number(post.id), fingerprint: fingerprintOf(post, reader) }));
  if (marks.length === 0) return;
  await tx.execute(sql`
    insert into mined_posts (post_id, fingerprint, model_version) select id, fingerprint, ${reader} from ${asColumns(marks, { id: "bigint", fingerprint: "text" })}
    on conflict (post_id) do update set fingerprint = excluded.fingerprint, model_version = excluded.model_version, mined_at = now()`);
}
