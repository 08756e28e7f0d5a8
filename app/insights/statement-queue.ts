import { sql } from "drizzle-orm";
import type { Member } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { readQuotes } from "./quotes.ts";

export const queues = ["review", "also", "unplaced", "all"] as const;
export type QueueName = (typeof queues)[number];

const PER_PAGE = 30;

const conditions = {
  review: sql`s.band = 'review' and s.reviewed_at is null and s.excluded is null and s.intent <> 'other'`,
  also: sql`s.band in ('review', 'ignore') and s.reviewed_at is null and s.excluded is null and s.intent = 'other'`,
  unplaced: sql`s.theme_id is null and s.excluded is null and s.band = 'auto' and s.intent <> 'other'`,
  all: sql`s.excluded is null and s.intent <> 'other'`,
};

/** Statements for people to look at, those first of which a look is worth most; elsewhere the latest first. Only those whose words the viewer may read. */
export async function readStatementQueue(viewer: Member, { queue, intent, before }: { queue: QueueName; intent?: string; before?: number }) {
  const visible = await listVisibleCategoryIds(db, viewer);
  const where = [conditions[queue], sql`t.category_id = any(${sql.param(visible)}::bigint[])`];
  if (intent) where.push(sql`s.intent = ${intent}::statement_intent`);
  const byWorth = queue === "review" || queue === "also";
  const key = byWorth ? sql`review_worth` : sql`created_at`;
  if (before) where.push(sql`(s.${key}, s.id) < (select ${key}, id from statements where id = ${before})`);
  const quotes = await readQuotes(db, viewer, { where: sql.join(where, sql` and `), orderBy: sql`s.${key} desc, s.id desc`, limit: PER_PAGE + 1 });
  return { quotes: quotes.slice(0, PER_PAGE), next: quotes.length > PER_PAGE ? quotes[PER_PAGE - 1]!.id : null };
}
