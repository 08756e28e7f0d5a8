import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { siteSettings } from "#db/schema/community.ts";
import { defaultScoreSettings, type ScoreSettings } from "./score.ts";

const KEY = "insights.score";

/** The half-lives and the unit of value that this community set; the shipped ones where it set none. */
export async function readScoreSettings(on: Executor): Promise<ScoreSettings> {
  const [row] = await on.select({ value: siteSettings.value }).from(siteSettings).where(eq(siteSettings.key, KEY));
  const set = (row?.value ?? {}) as Partial<ScoreSettings>;
  return { ...defaultScoreSettings, ...set, halfLifeDays: { ...defaultScoreSettings.halfLifeDays, ...set.halfLifeDays } };
}

export async function writeScoreSettings(on: Executor, memberId: number, value: ScoreSettings): Promise<void> {
  await on
    .insert(siteSettings)
    .values({ key: KEY, value, updatedById: memberId })
    .onConflictDoUpdate({ target: siteSettings.key, set: { value, updatedById: memberId, updatedAt: sql`now()` } });
}
