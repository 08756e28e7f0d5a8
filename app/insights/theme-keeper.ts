import { sql } from "drizzle-orm";
import { shared } from "#app/core/shared.ts";
import type { Tx } from "#db/client.ts";
import { isEmployee } from "./refresh-themes.ts";
import { openThemes, type ThemeEngine, type ToPlace } from "./themes-port.ts";

/** So many people must say the same before it is called a theme. Until then it waits in its cluster. */
const VOICES_FOR_THEME = 2;
const VERSION_KEY = "insights.themes";

type Kept = { engine: ThemeEngine; version: number } | null;
const kept = shared("insights.themes", () => ({ held: null as Kept }));

/**
 * The engine of themes as the database has it, for a transaction that holds the lock of mining. It lives on in this
 * process between transactions, and is read anew when another process was quicker or a transaction failed.
 */
export async function withThemes<Result>(tx: Tx, act: (engine: ThemeEngine) => Promise<Result>): Promise<Result> {
  const [row] = await tx.execute<{ version: number }>(sql`select coalesce((select (value->>'version')::int from site_settings where key = ${VERSION_KEY}), 0) as version`);
  const held = kept.held?.version === row!.version ? kept.held : { engine: openThemes(await readClusters(tx)), version: row!.version };
  // Until the end is reached, what is in memory may be ahead of the database.
  kept.held = null;
  const result = await act(held.engine);
  const { saved, gone } = held.engine.takeChanges();
  if (saved.length + gone.length > 0) {
    if (gone.length > 0) await tx.execute(sql`delete from theme_clusters where id = any(${sql.param(gone)}::bigint[])`);
    await tx.execute(sql`
      insert into theme_clusters (id, size, state) select id, size, state from jsonb_to_recordset(${JSON.stringify(saved)}::jsonb) as x(id bigint, size int, state jsonb)
      on conflict (id) do update set size = excluded.size, state = excluded.state`);
    held.version++;
    await tx.execute(sql`
      insert into site_settings (key, value) values (${VERSION_KEY}, ${JSON.stringify({ version: held.version })}::jsonb)
      on conflict (key) do update set value = excluded.value`);
  }
  // A failed commit leaves a version that no database has, so that it is read anew.
  kept.held = held;
  return result;
}

/** One writer at a time: the order in which statements come is part of what they become. */
export async function lockMining(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('insights.mine'))`);
}

/** The themes of some clusters; those that are none yet are left out. */
export async function themesOfClusters(tx: Tx, clusters: number[]): Promise<Map<number, number>> {
  const rows = await tx.execute<{ id: string; themeId: string }>(sql`select id, theme_id as "themeId" from theme_clusters where id = any(${sql.param(clusters)}::bigint[]) and theme_id is not null`);
  return new Map(rows.map(({ id, themeId }) => [Number(id), Number(themeId)]));
}

/** Makes themes of clusters in which enough people agree by now. Answers the themes made. */
export async function proposeThemes(tx: Tx, clusters: number[]): Promise<number[]> {
  if (clusters.length === 0) return [];
  const ready = await tx.execute<{ id: string }>(sql`
    with said as (
      select s.cluster_id, s.author_id as member_id, s.topic_id, s.part from statements s
      join theme_clusters c on c.id = s.cluster_id
      where s.cluster_id = any(${sql.param(clusters)}::bigint[]) and c.theme_id is null and s.theme_id is null and s.excluded is null
    )
    select cluster_id as id from (
      select cluster_id, member_id from said
      union
      select said.cluster_id, v.member_id from said join topic_votes v on v.topic_id = said.topic_id join members on members.id = v.member_id
      where said.part = 'title' and not ${isEmployee}
    ) voices group by cluster_id having count(distinct member_id) >= ${VOICES_FOR_THEME} order by cluster_id`);
  const made: number[] = [];
  for (const { id } of ready) {
    const [theme] = await tx.execute<{ id: string }>(sql`
      insert into themes (intent, created_at, state_changed_at)
      select mode() within group (order by intent), max(created_at), max(created_at) from statements where cluster_id = ${id} and excluded is null
      returning id`);
    await tx.execute(sql`update theme_clusters set theme_id = ${theme!.id} where id = ${id}`);
    await tx.execute(sql`update statements set theme_id = ${theme!.id} where cluster_id = ${id} and placed_by = 'auto'`);
    made.push(Number(theme!.id));
  }
  return made;
}

/** The words of the statements in some clusters, as they stand in the posts now. */
export async function readMembersOfClusters(tx: Tx, clusters: number[]): Promise<Map<number, ToPlace[]>> {
  const rows = await tx.execute<{ clusterId: string; part: string; start: number; end: number; title: string; bodyText: string }>(sql`
    select s.cluster_id as "clusterId", s.part, s.start, s."end", t.title, p.body_text as "bodyText"
    from statements s join posts p on p.id = s.post_id join topics t on t.id = s.topic_id
    where s.cluster_id = any(${sql.param(clusters)}::bigint[]) order by s.id`);
  const members = new Map<number, ToPlace[]>(clusters.map((id) => [id, []]));
  for (const { clusterId, part, start, end, title, bodyText } of rows) {
    members.get(Number(clusterId))!.push({ text: (part === "title" ? title : bodyText).slice(start, end), title: part === "title" ? "" : title });
  }
  return members;
}

async function readClusters(tx: Tx) {
  const rows = await tx.execute<{ id: string; size: number; state: unknown }>(sql`select id, size, state from theme_clusters order by id`);
  return rows.map(({ id, size, state }) => ({ id: Number(id), size, state }));
}
