import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { rebuildClusters, withThemes } from "./theme-keeper.ts";

/**
 * Puts statements under a theme, or under none, because a person says so: no machine moves them again. The engine learns
 * from it: their words now pull others to where they are. For those who hold the lock of mining. Answers the themes left.
 */
export async function regroup(tx: Tx, statementIds: number[], themeId: number | null): Promise<number[]> {
  const before = await tx.execute<{ id: string; clusterId: string | null; themeId: string | null; part: string; start: number; end: number; title: string; bodyText: string; at: string }>(sql`
    select s.id, s.cluster_id as "clusterId", s.theme_id as "themeId", s.part, s.start, s."end", t.title, p.body_text as "bodyText", s.created_at as at
    from statements s join posts p on p.id = s.post_id join topics t on t.id = s.topic_id where s.id = any(${sql.param(statementIds)}::bigint[]) order by s.id`);
  await tx.execute(sql`update statements set theme_id = ${themeId}::bigint, cluster_id = null, similarity = null, placed_by = 'human' where id = any(${sql.param(statementIds)}::bigint[])`);
  if (themeId !== null) {
    const [own] = await tx.execute<{ groupId: string }>(sql`select group_id as "groupId" from theme_clusters where theme_id = ${themeId} order by size desc, id limit 1`);
    const placed = await withThemes(tx, async (engine) => {
      const group = own ? Number(own.groupId) : engine.nextId();
      return before.map(({ id, part, start, end, title, bodyText, at }) => {
        const isTitle = part === "title";
        const { cluster } = engine.assign(group, { text: (isTitle ? title : bodyText).slice(start, end), title: isTitle ? "" : title, at: new Date(at).getTime() });
        return { id: Number(id), cluster };
      });
    });
    await tx.execute(sql`update statements s set cluster_id = x.cluster from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as x(id bigint, cluster bigint) where s.id = x.id`);
    await tx.execute(sql`update theme_clusters set theme_id = ${themeId} where theme_id is null and id = any(${sql.param(placed.map(({ cluster }) => cluster))}::bigint[])`);
  }
  await rebuildClusters(tx, numbers(before.map(({ clusterId }) => clusterId)));
  return numbers(before.map((row) => row.themeId));
}

function numbers(values: (string | null)[]): number[] {
  return [...new Set(values.flatMap((value) => (value === null ? [] : [Number(value)])))].sort((a, b) => a - b);
}
