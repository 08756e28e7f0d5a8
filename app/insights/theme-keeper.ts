import { sql, type SQL } from "drizzle-orm";
import { shared } from "#app/core/shared.ts";
import type { Tx } from "#db/client.ts";
import type { ClusterState } from "#db/schema/insights.ts";
import { shippedModel } from "./active-model.ts";
import { canReadTwice } from "./read-twice-soon.ts";
import { noteEvent } from "./theme-events.ts";
import { themeTable } from "./theme-table.ts";
import { openThemes, type SavedCluster, type ThemeEngine } from "./themes/engine.ts";
import type { SavedSense } from "./themes/sense.ts";
import { agreeing } from "./voices.ts";

/** So many people must say the same before it is called a theme. Until then it waits in its group. */
const VOICES_FOR_THEME = 2;
const STATE_KEY = "insights.themes";
const SENSE_KEY = "insights.themes.sense";
const TABLE_KEY = "insights.themes.table";
/**
 * How alike by their words statements of two topics must be to be one theme, where no encoder says what they mean
 * (join-by-meaning.ts). Within a topic the table's own measure holds, 0.4. Between the two most that came together only
 * shared a word or a form: see "What comes together across topics" in the README.
 */
const SAME_ELSEWHERE = 0.5;
/** Where one does, this alike: nearly the same words, which need nobody to say what they mean. */
const SAME_WORDS = 0.8;
/** Clusters made anew together. */
const AT_ONCE = 500;

type KeptState = { version: number; nextId: number; table: string | null };
const memory = shared("insights.themes", () => ({ held: null as { engine: ThemeEngine; version: number } | null }));

/** One writer at a time: the order in which statements come is part of what they become. */
export async function lockMining(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('insights.mine'))`);
}

/**
 * The engine of themes as the database has it, for a transaction that holds the lock of mining; its rows are saved when
 * `act` is done. It lives on in this process between transactions, and is read anew when another process was quicker or
 * a transaction failed.
 */
export async function withThemes<Result>(tx: Tx, act: (engine: ThemeEngine) => Promise<Result>): Promise<Result> {
  const state = await readState(tx);
  if (state.table !== themeTable().facts.version) state.version = await takeTable(tx, state);
  const engine = memory.held?.version === state.version ? memory.held.engine : await openEngine(tx, state);
  // Until the end is reached, what is in memory may be ahead of the database.
  memory.held = null;
  const result = await act(engine);
  const { saved, gone, forgotten, sense } = engine.takeChanges();
  let version: number | null = state.version;
  if (saved.length + gone.length + forgotten.length > 0) {
    if (gone.length > 0) await tx.execute(sql`delete from theme_clusters where id = any(${sql.param(gone)}::bigint[])`);
    await saveClusters(tx, saved);
    if (forgotten.length > 0) await tx.execute(sql`update theme_clusters set is_forgotten = true where id = any(${sql.param(forgotten)}::bigint[])`);
    if (sense) await keep(tx, SENSE_KEY, sense);
    const now = await raiseVersion(tx, engine.nextId());
    // People touched a theme meanwhile: this engine does not know yet.
    version = now === state.version + 1 ? now : null;
  }
  // A failed commit leaves a version that no database has, so that it is read anew.
  memory.held = version === null ? null : { engine, version };
  return result;
}

/** Tells every process that people changed what themes are made of: the engine is read anew before it is next used. */
export async function forgetEngine(tx: Tx): Promise<void> {
  await raiseVersion(tx, null);
}

/**
 * Makes clusters anew of those who are still in them, after some have left or their words have changed: to the last bit
 * as if the others had never been there.
 */
export async function rebuildClusters(tx: Tx, clusterIds: number[]): Promise<void> {
  if (clusterIds.length === 0) return;
  await dropFollowers(tx, clusterIds);
  await remake(tx, clusterIds);
  await forgetEngine(tx);
}

/** Who only said "same here" goes where the topic's title went, and nowhere if that has left. */
async function dropFollowers(tx: Tx, clusterIds: number[]): Promise<void> {
  await tx.execute(sql`
    update statements f set cluster_id = null, theme_id = null
    where f.cluster_id = any(${sql.param(clusterIds)}::bigint[]) and f.similarity is null and f.placed_by = 'auto' and f.part = 'body'
      and not exists (select from statements t where t.topic_id = f.topic_id and t.part = 'title' and (t.cluster_id = f.cluster_id or t.placed_by = 'human'))`);
}

async function remake(tx: Tx, clusterIds: number[]): Promise<void> {
  const members = await readMembers(tx, clusterIds);
  const gone = clusterIds.filter((id) => !members.has(id));
  const made = [...members].map(([id, statements]) => {
    const alone = openThemes({ table: themeTable() });
    for (const statement of statements) alone.assign(1, statement);
    return { id, ...summed(alone.takeChanges().saved) };
  });
  if (gone.length > 0) {
    await tx.execute(sql`delete from theme_clusters where id = any(${sql.param(gone)}::bigint[])`);
    await tx.execute(sql`update statements set cluster_id = null where cluster_id = any(${sql.param(gone)}::bigint[])`);
  }
  if (made.length === 0) return;
  await tx.execute(sql`
    update theme_clusters c set size = x.size, is_forgotten = false, state = x.state
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x(id bigint, size int, state jsonb) where c.id = x.id`);
}

/**
 * Another table sees other directions in the same words: what is remembered is made anew of the statements' words, and
 * everything that people and machine made of it stays: clusters, themes, their numbers and whatever was decided. What has
 * left the memory is made anew when somebody comes back to it. Answers the version that this makes.
 */
async function takeTable(tx: Tx, { version, table }: KeptState): Promise<number> {
  if (table === null && version === 0) {
    await keep(tx, TABLE_KEY, themeTable().facts.version);
    return version;
  }
  for (let after = 0; ; ) {
    const rows = await tx.execute<{ id: string }>(sql`select id from theme_clusters where not is_forgotten and id > ${after} order by id limit ${AT_ONCE}`);
    if (rows.length > 0) await remake(tx, rows.map(({ id }) => Number(id)));
    if (rows.length < AT_ONCE) break;
    after = Number(rows.at(-1)!.id);
  }
  await tx.execute(sql`delete from site_settings where key = ${SENSE_KEY}`);
  await keep(tx, TABLE_KEY, themeTable().facts.version);
  return raiseVersion(tx, null);
}

/**
 * Brings the themes of some groups up to what the engine made of them: clusters that are new take the theme of their
 * group, and where the engine joined two, the younger theme becomes part of the older. Where only what some posts say is
 * new, nothing else that the groups hold is looked at, however much that is. Answers the themes concerned.
 */
export async function settleGroups(tx: Tx, groups: number[], newIn?: { postIds: number[] }): Promise<number[]> {
  const rows = await tx.execute<{ groupId: string; root: string }>(sql`
    select distinct c.group_id as "groupId", coalesce(t.merged_into_id, t.id) as root from theme_clusters c join themes t on t.id = c.theme_id
    where c.group_id = any(${sql.param(groups)}::bigint[]) order by 1, 2`);
  const roots = new Map<number, number[]>();
  for (const { groupId, root } of rows) roots.set(Number(groupId), [...(roots.get(Number(groupId)) ?? []), Number(root)]);
  for (const [first, ...others] of roots.values()) for (const other of others) await joinByMachine(tx, other, first!);
  const firsts = [...roots].map(([groupId, [first]]) => [groupId, first!] as const);
  const begun = await tx.execute<{ id: string }>(sql`
    update theme_clusters c set theme_id = x.theme_id from unnest(${sql.param(firsts.map(([groupId]) => groupId))}::bigint[], ${sql.param(firsts.map(([, first]) => first))}::bigint[]) as x(group_id, theme_id)
    where c.group_id = x.group_id and c.theme_id is null returning c.id`);
  const follow = (those: SQL) => tx.execute(sql`
    update statements s set theme_id = c.theme_id from theme_clusters c
    where ${those} and s.cluster_id = c.id and s.placed_by = 'auto' and s.theme_id is null and c.theme_id is not null`);
  if (newIn) {
    await follow(sql`s.post_id = any(${sql.param(newIn.postIds)}::bigint[])`);
    if (begun.length > 0) await follow(sql`c.id = any(${sql.param(begun.map(({ id }) => Number(id)))}::bigint[])`);
  } else await follow(sql`c.group_id = any(${sql.param(groups)}::bigint[])`);
  return [...roots.values()].flat();
}

/** Makes themes of groups in which enough people agree by now. Answers the themes made. */
export async function proposeThemes(tx: Tx, groups: number[]): Promise<number[]> {
  if (groups.length === 0) return [];
  const ready = await tx.execute<{ groupId: string }>(sql`
    with open as (
      select group_id from theme_clusters where group_id = any(${sql.param(groups)}::bigint[]) group by group_id having count(theme_id) = 0
    ),
    said as materialized (
      select c.group_id, s.author_id as member_id, s.topic_id, s.post_id, s.part, s.intent from open join theme_clusters c on c.group_id = open.group_id join statements s on s.cluster_id = c.id
      where s.theme_id is null and s.excluded is null
    )
    select group_id as "groupId" from (
      select group_id, member_id from said
      union
      select s.group_id, a.member_id from said s cross join lateral ${agreeing} a
    ) voices group by group_id having count(distinct member_id) >= ${VOICES_FOR_THEME} order by group_id`);
  if (ready.length === 0) return [];
  const ids = ready.map(({ groupId }) => Number(groupId));
  // In the order of their groups, so that the same statements make the same numbers.
  const rows = await tx.execute<{ id: string }>(sql`
    insert into themes (intent, created_at, state_changed_at)
    select mode() within group (order by s.intent), max(s.created_at), max(s.created_at) from theme_clusters c join statements s on s.cluster_id = c.id
    where c.group_id = any(${sql.param(ids)}::bigint[]) and s.excluded is null group by c.group_id order by c.group_id
    returning id`);
  const made = rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
  await tx.execute(sql`
    update theme_clusters c set theme_id = x.theme_id from unnest(${sql.param(ids)}::bigint[], ${sql.param(made)}::bigint[]) as x(group_id, theme_id) where c.group_id = x.group_id`);
  await settleGroups(tx, ids);
  return made;
}

/** After people parted what the machine had made one: what is said next joins the one that it is like, and not both. */
export async function partGroups(tx: Tx, themeIds: number[]): Promise<void> {
  const parted = sql`${sql.param(themeIds)}::bigint[]`;
  const rows = await tx.execute<{ ids: string[] }>(sql`
    select array_agg(c.id order by c.id) as ids from theme_clusters c
    where c.theme_id = any(${parted}) and exists (select from theme_clusters o where o.group_id = c.group_id and o.theme_id <> all(${parted}))
    group by c.group_id order by c.group_id`);
  if (rows.length > 0) await withThemes(tx, async (engine) => rows.forEach(({ ids }) => engine.move(ids.map(Number))));
}

/** The groups that hold some clusters. */
export async function groupsOf(tx: Tx, clusterIds: number[]): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`select distinct group_id as id from theme_clusters where id = any(${sql.param(clusterIds)}::bigint[]) order by 1`);
  return rows.map(({ id }) => Number(id));
}

/** Whether the machine may make one of two themes: nobody decided on either, and nobody parted the two before. */
export async function mayJoin(tx: Tx, a: number, b: number): Promise<boolean> {
  const [row] = await tx.execute<{ untouched: number; isParted: boolean }>(sql`
    select (select count(*)::int from themes where id in (${a}, ${b}) and state = 'new' and title is null and owner_id is null and created_by_id is null) as untouched,
      exists (select from theme_merges m join themes f on f.id = m.from_id join themes i on i.id = m.into_id
        where m.undone_at is not null and f.id in (select id from themes where ${a} in (id, merged_into_id) or ${b} in (id, merged_into_id))
          and array[coalesce(f.merged_into_id, f.id), coalesce(i.merged_into_id, i.id)] @> array[${a}, ${b}]::bigint[]) as "isParted"`);
  return row!.untouched === 2 && !row!.isParted;
}

/** People can part them again like any others. */
async function joinByMachine(tx: Tx, fromId: number, intoId: number): Promise<void> {
  if (!(await mayJoin(tx, fromId, intoId))) return;
  const moved = await tx.execute<{ id: string }>(sql`update themes set merged_into_id = ${intoId} where id = ${fromId} or merged_into_id = ${fromId} returning id`);
  const ids = moved.map(({ id }) => Number(id)).sort((a, b) => a - b);
  await tx.execute(sql`insert into theme_merges (from_id, into_id, moved_ids) values (${fromId}, ${intoId}, ${sql.param(ids)}::bigint[])`);
  await noteEvent(tx, { themeId: fromId, kind: "merged", to: String(intoId), actorId: null });
  await noteEvent(tx, { themeId: intoId, kind: "absorbed", from: String(fromId), actorId: null });
}

async function openEngine(tx: Tx, { nextId }: KeptState): Promise<ThemeEngine> {
  const rows = await tx.execute<{ id: string; groupId: string; size: number; state: ClusterState; isTouched: boolean }>(sql`
    select c.id, c.group_id as "groupId", c.size, c.state, coalesce(t.state <> 'new' or t.title is not null or t.owner_id is not null or t.created_by_id is not null or t.merged_into_id is not null
      or exists (select from themes part where part.merged_into_id = t.id) or exists (select from theme_merges m where (m.from_id = t.id or m.into_id = t.id)), false) as "isTouched"
    from theme_clusters c left join themes t on t.id = c.theme_id where not c.is_forgotten order by c.id`);
  const [sense] = await tx.execute<{ value: SavedSense }>(sql`select value from site_settings where key = ${SENSE_KEY}`);
  return openThemes({
    table: themeTable(),
    clusters: rows.map(({ id, groupId, size, state }) => ({ id: Number(id), theme: Number(groupId), size, ...state })),
    touched: [...new Set(rows.filter(({ isTouched }) => isTouched).map(({ groupId }) => Number(groupId)))],
    sense: sense?.value ?? null,
    joinElsewhere: canReadTwice(shippedModel()) ? SAME_WORDS : SAME_ELSEWHERE,
    nextId,
  });
}

async function readState(tx: Tx): Promise<KeptState> {
  const rows = await tx.execute<{ key: string; value: unknown }>(sql`select key, value from site_settings where key in (${STATE_KEY}, ${TABLE_KEY})`);
  const valueOf = (key: string) => rows.find((row) => row.key === key)?.value;
  const state = (valueOf(STATE_KEY) ?? { version: 0, nextId: 1 }) as Omit<KeptState, "table">;
  return { ...state, table: (valueOf(TABLE_KEY) as string | undefined) ?? null };
}

/** Engines in memory are as good as their version. */
async function raiseVersion(tx: Tx, nextId: number | null): Promise<number> {
  const [row] = await tx.execute<{ version: number }>(sql`
    insert into site_settings (key, value) values (${STATE_KEY}, jsonb_build_object('version', 1, 'nextId', coalesce(${nextId}::bigint, 1)))
    on conflict (key) do update set value = jsonb_build_object('version', (site_settings.value->>'version')::int + 1, 'nextId', coalesce(${nextId}::bigint, (site_settings.value->>'nextId')::bigint))
    returning (value->>'version')::int as version`);
  return row!.version;
}

async function keep(tx: Tx, key: string, value: unknown): Promise<void> {
  await tx.execute(sql`insert into site_settings (key, value) values (${key}, ${JSON.stringify(value)}::jsonb) on conflict (key) do update set value = excluded.value`);
}

async function saveClusters(tx: Tx, saved: SavedCluster[]): Promise<void> {
  const rows = saved.map(({ id, theme, size, ...state }) => ({ id, groupId: theme, size, state }));
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into theme_clusters (id, group_id, size, state) select id, "groupId", size, state from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id bigint, "groupId" bigint, size int, state jsonb)
    on conflict (id) do update set group_id = excluded.group_id, size = excluded.size, state = excluded.state`);
}

/** The words of the statements in some clusters, as they stand in the posts now; not of those who only follow their topic's title there. */
async function readMembers(tx: Tx, clusterIds: number[]) {
  const rows = await tx.execute<{ clusterId: string; part: string; start: number; end: number; title: string; bodyText: string; at: string }>(sql`
    select s.cluster_id as "clusterId", s.part, s.start, s."end", t.title, p.body_text as "bodyText", s.created_at as at
    from statements s join posts p on p.id = s.post_id join topics t on t.id = s.topic_id
    where s.cluster_id = any(${sql.param(clusterIds)}::bigint[]) and (s.similarity is not null or s.placed_by = 'human') order by s.id`);
  const members = new Map<number, { text: string; title: string; at: number }[]>();
  for (const { clusterId, part, start, end, title, bodyText, at } of rows) {
    const list = members.get(Number(clusterId)) ?? [];
    list.push({ text: (part === "title" ? title : bodyText).slice(start, end), title: part === "title" ? "" : title, at: new Date(at).getTime() });
    members.set(Number(clusterId), list);
  }
  return members;
}

/** The rows of one theme as those of a single cluster. */
function summed(rows: SavedCluster[]): { size: number; state: ClusterState } {
  const [first, ...others] = rows;
  const words = new Map(first!.words);
  const sum = [...first!.sum];
  let { size, firstAt, lastAt } = first!;
  for (const row of others) {
    row.sum.forEach((value, at) => (sum[at]! += value));
    for (const [word, count] of row.words) words.set(word, (words.get(word) ?? 0) + count);
    size += row.size;
    firstAt = Math.min(firstAt, row.firstAt);
    lastAt = Math.max(lastAt, row.lastAt);
  }
  return { size, state: { sum, words: [...words].sort(([a], [b]) => (a < b ? -1 : 1)), firstAt, lastAt } };
}
