import { desc, lt, sql } from "drizzle-orm";
import { config } from "#app/core/config.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { modelCalls } from "#db/schema/insights.ts";
import { findThemes } from "../themes.ts";
import { readSpendToday } from "./summarise.ts";

const PER_PAGE = 50;

/** What was asked of the language model and what it cost, for admins. Words are not kept, so there are none to show. */
export async function readModelPage(viewer: Viewer, { before }: { before?: number }) {
  const [calls, today, [month], trouble] = await Promise.all([
    db.select().from(modelCalls).where(before ? lt(modelCalls.id, before) : undefined).orderBy(desc(modelCalls.id)).limit(PER_PAGE + 1),
    readSpendToday(db),
    db.execute<{ cost: string; calls: number }>(sql`select coalesce(sum(cost_micros), 0) as cost, count(*)::int as calls from model_calls where at > now() - interval '30 days'`),
    readTrouble(),
  ]);
  const shown = calls.slice(0, PER_PAGE);
  const ids = [...new Set(shown.flatMap(({ themeId }) => (themeId === null ? [] : [themeId])))];
  const themes = ids.length > 0 ? await findThemes(db, viewer, sql`th.id = any(${sql.param(ids)}::bigint[])`, { limit: PER_PAGE }) : [];
  const model = config.languageModel;
  return {
    model: model ? { name: model.model, host: new URL(model.url).host, dailyLimit: model.dailyLimit } : null,
    calls: shown.map((call) => ({ ...call, themeTitle: themes.find(({ id }) => id === call.themeId)?.title ?? null })),
    next: calls.length > PER_PAGE ? shown.at(-1)!.id : null,
    today: { cost: today.costMicros / 1e6, calls: today.calls },
    month: { cost: Number(month!.cost) / 1e6, calls: month!.calls },
    trouble,
  };
}

/** How the latest call failed, if it did within a day: what admins are told of. */
export async function readTrouble(): Promise<"refused" | "failed" | "timeout" | "nonsense" | null> {
  if (!config.languageModel) return null;
  const [last] = await db.select({ outcome: modelCalls.outcome }).from(modelCalls).where(sql`${modelCalls.at} > now() - interval '1 day'`).orderBy(desc(modelCalls.at), desc(modelCalls.id)).limit(1);
  return last && ["refused", "failed", "timeout", "nonsense"].includes(last.outcome) ? (last.outcome as "refused") : null;
}
