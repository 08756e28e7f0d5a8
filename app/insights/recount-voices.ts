import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { shippedModel } from "./active-model.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { groupsOf, proposeThemes } from "./theme-keeper.ts";

/**
 * Counts anew who stands behind some statements, after people agreed with them or stopped to, and makes themes of those
 * that enough agree with by now. For those who hold the lock of mining. `those` chooses rows of `statements`.
 */
export async function recountVoices(tx: Tx, those: SQL): Promise<void> {
  if (!shippedModel()) return;
  const agreedWith = await tx.execute<{ themeId: string | null; clusterId: string | null }>(sql`select theme_id as "themeId", cluster_id as "clusterId" from statements where ${those}`);
  const clusters = agreedWith.flatMap(({ themeId, clusterId }) => (themeId === null && clusterId !== null ? [Number(clusterId)] : []));
  const themeIds = agreedWith.flatMap(({ themeId }) => (themeId === null ? [] : [Number(themeId)]));
  await refreshThemes(tx, [...themeIds, ...(await proposeThemes(tx, await groupsOf(tx, clusters)))]);
}

/** The same for what else a post says, where one thing in it is taken for another now: who agreed with the post may mean another of them. */
export function recountBeside(tx: Tx, postId: number): Promise<void> {
  return recountVoices(tx, sql`post_id = ${postId} and exists (select from reactions r where r.post_id = ${postId} and r.kind = 'same_here')`);
}
