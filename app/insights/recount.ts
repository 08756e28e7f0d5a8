import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob } from "#app/core/jobs.ts";
import { db } from "#db/client.ts";
import { accountMembers } from "#db/schema/insights.ts";
import { mineTopic } from "./mine-on-change.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { lockMining, rebuildClusters } from "./theme-keeper.ts";
import { themesSpokenFor } from "./voices.ts";

/** Counts themes anew whose statements were given to another author, or went with their posts. Asked for by db/programs/insights.sql. */
export const recount = defineJob({
  name: "insights.recount",
  input: z.object({ memberId: z.number().optional(), themeIds: z.array(z.number()).default([]), clusterIds: z.array(z.number()).default([]) }),
  maxAttempts: 10,
  run: ({ memberId, themeIds, clusterIds }) =>
    db.transaction(async (tx) => {
      await lockMining(tx);
      await rebuildClusters(tx, clusterIds);
      const own = memberId === undefined ? [] : await tx.execute<{ id: string }>(sql`select distinct theme_id as id from statements where author_id = ${memberId} and theme_id is not null`);
      await refreshThemes(tx, [...new Set([...themeIds, ...own.map(({ id }) => Number(id))])]);
    }),
});

/** For the talk about an article or a page, which moves and hides with it. */
export const mineTalk = defineJob({ name: "insights.mine-topic", input: z.object({ topicId: z.number() }), maxAttempts: 10, run: mineTopic });

/**
 * Takes a member who is erased out of what is known of customers: they count for no account any more. Their posts, if
 * they stay under another name, stay evidence under that one.
 */
export async function forgetMember({ memberId }: { memberId: number }): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMining(tx);
    await tx.delete(accountMembers).where(eq(accountMembers.memberId, memberId));
    const rows = await tx.execute<{ themeId: string }>(sql`select theme_id as "themeId" from (${themesSpokenFor(sql`${memberId}`)}) spoken`);
    await refreshThemes(tx, rows.map(({ themeId }) => Number(themeId)));
  });
}
