import { sql } from "drizzle-orm";
import { db, type Tx } from "#db/client.ts";
import { hasGrown } from "#db/schema/insights.ts";
import { refreshSoon } from "./count-later.ts";
import { dot } from "./directions.ts";
import { kindOf, type Intent } from "./mining/kinds.ts";
import { meaningOf } from "./theme-meanings.ts";
import { lockMining, mayJoin, proposeThemes, settleGroups, withThemes } from "./theme-keeper.ts";

/**
 * Where what is said in two topics is one: from so much likeness of words on it is looked at, and from so much likeness of
 * meaning on it is joined. Chosen on gold/same-ask.jsonl; see "What comes together across topics" in the README.
 */
const ALIKE = { words: 0.3, meaning: 0.5 };
/** So many of the likest by their words are asked what they mean. */
const NOMINATED = 3;
/** So many statements of each say what it means. */
const READ = 12;
/** Clusters in one stretch: some seconds' work of the encoder. */
const BATCH = 20;

type Group = { intent: Intent; themeIds: number[] };

/**
 * Makes one of what different topics ask or report, where a group of statements is new or has grown by a quarter: words
 * nominate, the encoder decides, and nothing that people decided on or parted is joined. What only shares words ("in half
 * hours", "four hours on a Saturday") stays apart. Of what is said in some posts.
 */
export async function joinSaidIn(postIds: number[]): Promise<void> {
  const due = await db.execute<{ groupId: string }>(sql`
    select distinct c.group_id as "groupId" from statements s join theme_clusters c on c.id = s.cluster_id where s.post_id = any(${sql.param(postIds)}::bigint[]) and ${hasGrown} order by 1`);
  await joinGroups(due);
}

/** The same of all that has not been compared yet, a stretch at a time. Answers whether there may be more. */
export async function joinByMeaning(batch = BATCH): Promise<boolean> {
  const due = await db.execute<{ groupId: string }>(sql`select group_id as "groupId" from theme_clusters where ${hasGrown} order by id limit ${batch}`);
  await joinGroups(due);
  return due.length > 0;
}

async function joinGroups(due: { groupId: string }[]): Promise<void> {
  for (const groupId of new Set(due.map(({ groupId }) => Number(groupId)))) while (await joinOne(groupId));
}

/** Answers whether it joined another, so that there is more to compare. */
async function joinOne(groupId: number): Promise<boolean> {
  const { clusters, others } = await db.transaction(async (tx) => {
    await lockMining(tx);
    const clusters = await tx.execute<{ id: string; size: number }>(sql`select id, size from theme_clusters where group_id = ${groupId}`);
    const near = await withThemes(tx, async (engine) => engine.similarThemes(groupId, NOMINATED));
    const others: number[] = [];
    for (const { theme, similarity } of near) if (similarity >= ALIKE.words && (await canBeOne(tx, groupId, theme))) others.push(theme);
    return { clusters, others };
  });
  const meaning = others.length > 0 ? await meaningOfGroup(groupId) : null;
  for (const other of meaning ? others : []) {
    const its = await meaningOfGroup(other);
    if (its && dot(meaning!, its) >= ALIKE.meaning && (await join(groupId, other))) return true;
  }
  await db.execute(sql`
    update theme_clusters c set compared_size = x.size from unnest(${sql.param(clusters.map(({ id }) => id))}::bigint[], ${sql.param(clusters.map(({ size }) => size))}::int[]) as x(id, size)
    where c.id = x.id`);
  return false;
}

function meaningOfGroup(groupId: number): Promise<Float64Array | null> {
  return meaningOf(sql`s.cluster_id in (select id from theme_clusters where group_id = ${groupId})`, READ);
}

/** The younger becomes part of the older, unless people decided meanwhile. */
function join(a: number, b: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockMining(tx);
    const [into, from] = [Math.min(a, b), Math.max(a, b)];
    if (!(await canBeOne(tx, into, from))) return false;
    await withThemes(tx, async (engine) => engine.join(from, into));
    const themeIds = [...(await settleGroups(tx, [into])), ...(await proposeThemes(tx, [into]))];
    await refreshSoon(tx, themeIds);
    return true;
  });
}

/** Whether both say things of a kind, and no two of the themes that they are in were decided on or parted by people. */
async function canBeOne(tx: Tx, a: number, b: number): Promise<boolean> {
  const [one, other] = await readGroups(tx, [a, b]);
  if (!one || !other || kindOf(one.intent) !== kindOf(other.intent)) return false;
  if (one.themeIds.length === 0 || other.themeIds.length === 0) return true;
  const [first, ...rest] = [...new Set([...one.themeIds, ...other.themeIds])].sort((x, y) => x - y);
  for (const theme of rest) if (!(await mayJoin(tx, first!, theme))) return false;
  return true;
}

/** Those of some groups in which something still counts. */
async function readGroups(tx: Tx, ids: number[]): Promise<Group[]> {
  const rows = await tx.execute<{ intent: Intent; themeIds: string[] }>(sql`
    select mode() within group (order by s.intent) as intent, coalesce(array_agg(distinct coalesce(t.merged_into_id, t.id)) filter (where t.id is not null), '{}') as "themeIds"
    from theme_clusters c join statements s on s.cluster_id = c.id left join themes t on t.id = c.theme_id
    where c.group_id = any(${sql.param(ids)}::bigint[]) and s.excluded is null group by c.group_id`);
  return rows.map(({ intent, themeIds }) => ({ intent, themeIds: themeIds.map(Number) }));
}
