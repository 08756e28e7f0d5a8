import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { readMembersOfClusters, withThemes } from "./theme-keeper.ts";

/**
 * Puts statements under a theme, or under none, because a person says so: no machine moves them again. The engine learns
 * from it: their words now pull others to where they are. For those who hold the lock of mining. Answers the themes left.
 */
export async function regroup(tx: Tx, statementIds: number[], themeId: number | null): Promise<number[]> {
  const before = await tx.execute<{ id: string; clusterId: string | null; themeId: string | null }>(sql`
    select id, cluster_id as "clusterId", theme_id as "themeId" from statements where id = any(${sql.param(statementIds)}::bigint[])`);
  await withThemes(tx, async (engine) => {
    const [own] = themeId === null ? [] : await tx.execute<{ id: string }>(sql`select id from theme_clusters where theme_id = ${themeId} order by size desc, id limit 1`);
    const cluster = themeId === null ? null : own ? Number(own.id) : engine.open();
    await tx.execute(sql`
      update statements set theme_id = ${themeId}::bigint, cluster_id = ${cluster}::bigint, similarity = null, placed_by = 'human' where id = any(${sql.param(statementIds)}::bigint[])`);
    const touched = [...new Set([...before.flatMap(({ clusterId }) => (clusterId === null ? [] : [Number(clusterId)])), ...(cluster === null ? [] : [cluster])])].sort((a, b) => a - b);
    for (const [id, members] of await readMembersOfClusters(tx, touched)) engine.rebuild(id, members);
    return cluster;
  }).then(async (cluster) => {
    if (cluster !== null) await tx.execute(sql`update theme_clusters set theme_id = ${themeId}::bigint where id = ${cluster}`);
  });
  return [...new Set(before.flatMap(({ themeId: id }) => (id === null ? [] : [Number(id)])))];
}
