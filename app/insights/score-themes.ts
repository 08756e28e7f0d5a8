import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob } from "#app/core/jobs.ts";
import { db, type Executor } from "#db/client.ts";
import { scoreThemes } from "./refresh-themes.ts";

const AT_ONCE = 1000;

/** Every day themes grow older: their scores are worked out for the new day. Those not counted yet get theirs when they are. */
export const scoreDaily = defineJob({
  name: "insights.score-themes",
  input: z.looseObject({}),
  maxAttempts: 5,
  run: () => scoreAllThemes(db),
});

export async function scoreAllThemes(on: Executor, now = new Date()): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await on.execute<{ id: string }>(sql`select id from themes where id > ${after} and merged_into_id is null and scored_on is not null order by id limit ${AT_ONCE}`);
    const ids = rows.map(({ id }) => Number(id));
    await scoreThemes(on, ids, now);
    if (ids.length < AT_ONCE) return;
    after = ids.at(-1)!;
  }
}
