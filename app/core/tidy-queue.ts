import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "#db/client.ts";
import { defineJob } from "./jobs.ts";

/** How long what failed for good is kept for whoever looks for the reason. */
const FAILED_DAYS = 14;
/** What was asked for anew while it ran, and whose process died then, has nothing to tell. */
const SUPERSEDED_DAYS = 1;

/**
 * Takes out of the queue's table what is never run again. graphile-worker keeps it for ever: work that failed as often as
 * it may, and work that was asked for anew while a process held it that died, of which nobody tells the queue that it
 * ended. Daily.
 */
export const tidyQueue = defineJob({
  name: "core.tidy-queue",
  input: z.object({}),
  maxAttempts: 3,
  async run() {
    await db.execute(sql`
      delete from graphile_worker._private_jobs
      where locked_at is null and attempts >= max_attempts and key is null
        and updated_at < now() - case when last_error is null then ${SUPERSEDED_DAYS}::int else ${FAILED_DAYS}::int end * interval '1 day'`);
  },
});
