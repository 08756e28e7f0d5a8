import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { db, type Tx } from "#db/client.ts";
import { countUncounted, leaveUncounted, refreshThemes } from "./refresh-themes.ts";
import { lockMining } from "./theme-keeper.ts";

/** From so many statements on, counting a theme takes longer than reading the few posts that came to it. */
const LARGE = 300;
/** For how long changes to a large theme gather. With what gathers before (mine-due.ts), within the minute that is promised. */
const GATHER_SECONDS = 15;
const AT_ONCE = 20;

/** Counts what `refreshSoon` left. */
export const countThemes = defineJob({
  name: "insights.count-themes",
  input: z.object({}),
  maxAttempts: 25,
  async run() {
    while (await countNext());
  },
});

/** Answers whether there may be more. */
function countNext(): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockMining(tx);
    return countUncounted(tx, AT_ONCE);
  });
}

/** Counts some themes anew: at once those that are quickly counted, the others in some seconds, once for all that comes till then. */
export async function refreshSoon(tx: Tx, themeIds: number[]): Promise<void> {
  const rows = await tx.execute<{ id: string; isLarge: boolean }>(sql`
    select t.id, root.statement_count >= ${LARGE} as "isLarge" from themes t join themes root on root.id = coalesce(t.merged_into_id, t.id)
    where t.id = any(${sql.param(themeIds)}::bigint[])`);
  const idsOf = (size: { isLarge: boolean }) => rows.flatMap(({ id, isLarge }) => (isLarge === size.isLarge ? [Number(id)] : []));
  await refreshThemes(tx, idsOf({ isLarge: false }));
  const large = idsOf({ isLarge: true });
  if (large.length === 0) return;
  await leaveUncounted(tx, large);
  await enqueue(tx, countThemes, {}, { key: "due", delaySeconds: GATHER_SECONDS, keepsTime: true });
}
