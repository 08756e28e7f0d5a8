import { sql, type SQL } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { readRun } from "./mine-everything.ts";
import { readSaidOf } from "./said-of.ts";
import { ENOUGH_PEOPLE } from "./score.ts";
import { findThemes } from "./themes.ts";

/** What a product manager should know on a Monday: a few lists, none of them long. */
export async function readOverview(viewer: Viewer, now = new Date()) {
  const undecided = sql`th.state in ('new', 'triaged')`;
  const [rising, fresh, waiting, stale, decided, figures, searches, run] = await Promise.all([
    findThemes(db, viewer, sql`th.people_count >= ${ENOUGH_PEOPLE} and (th.factors->>'velocity')::float8 >= 1.5 and th.state not in ('shipped', 'declined')`, { limit: 4, orderBy: sql`(th.factors->>'velocity')::float8 * th.score desc, th.id desc` }),
    findThemes(db, viewer, sql`${undecided} and th.people_count >= 2 and th.created_at > ${ago(now, 30)}::timestamptz`, { limit: 15, orderBy: sql`th.created_at desc, th.id desc` }),
    findThemes(db, viewer, sql`${undecided} and th.people_count >= ${ENOUGH_PEOPLE}`, { limit: 10 }),
    findThemes(db, viewer, sql`(th.state in ('accepted', 'planned') and (th.due_on < ${now.toISOString().slice(0, 10)}::date or th.state_changed_at < ${ago(now, 60)}::timestamptz))`, { limit: 5, orderBy: sql`th.due_on nulls last, th.state_changed_at` }),
    findThemes(db, viewer, sql`th.state in ('accepted', 'planned', 'shipped', 'declined') and th.state_changed_at > ${ago(now, 45)}::timestamptz`, { limit: 5, orderBy: sql`th.state_changed_at desc, th.id desc` }),
    readFigures(now),
    listEmptySearches(now),
    readRun(db),
  ]);
  // Each theme once, where it matters most.
  const shown = new Set(rising.map(({ id }) => id));
  const once = <Card extends { id: number }>(cards: Card[], most: number) => cards.filter(({ id }) => !shown.has(id)).slice(0, most).map((card) => (shown.add(card.id), card));
  // A community that has gone quiet, or has just been brought in: what it wanted most, whenever that was.
  const isQuiet = figures.people + figures.before === 0;
  const mostOf = (intents: SQL, limit: number) => (isQuiet ? findThemes(db, viewer, sql`th.people_count >= 2 and th.intent in (${intents})`, { limit, orderBy: sql`th.people_count desc, th.statement_count desc, th.id` }) : []);
  const [most, broken, asked] = await Promise.all([mostOf(sql`'feature', 'complaint', 'churn', 'competitor', 'purchase'`, 10), mostOf(sql`'bug'`, 5), mostOf(sql`'question', 'docs_gap'`, 7)]);
  const lists = { rising, most, broken, asked, waiting: isQuiet ? [] : once(waiting, 6), fresh: once(fresh, 5), stale, decided };
  const said = await readSaidOf(viewer, [...lists.rising, ...most, ...broken, ...asked, ...lists.waiting, ...lists.fresh].map(({ id }) => id));
  return { ...lists, isQuiet, said, figures, searches, run: run && { done: run.cursor, until: run.until, postCount: run.postCount } };
}

async function readFigures(now: Date) {
  const [row] = await db.execute<{ people: number; before: number; negative: number; statements: number; undecided: number; review: number; planned: number; all: number; accounts: number; worth: number }>(sql`
    with recent as (select author_id, created_at, sentiment from statements where excluded is null and intent <> 'other' and band = 'auto' and created_at > ${ago(now, 60)}::timestamptz),
      spoke as (select distinct ca.id, ca.value from recent join account_members am on am.member_id = recent.author_id join customer_accounts ca on ca.id = am.account_id where recent.created_at > ${ago(now, 30)}::timestamptz)
    select count(distinct author_id) filter (where created_at > ${ago(now, 30)}::timestamptz)::int as people, count(distinct author_id) filter (where created_at <= ${ago(now, 30)}::timestamptz)::int as before,
      count(*) filter (where created_at > ${ago(now, 30)}::timestamptz)::int as statements, count(*) filter (where created_at > ${ago(now, 30)}::timestamptz and sentiment = 'neg')::int as negative,
      (select count(*)::int from themes th where th.merged_into_id is null and th.state in ('new', 'triaged') and th.people_count >= ${ENOUGH_PEOPLE}) as undecided,
      (select count(*)::int from (select from statements where band = 'review' and reviewed_at is null and excluded is null and intent <> 'other' limit 1000) waiting) as review,
      (select count(*)::int from themes th where th.merged_into_id is null and th.state in ('accepted', 'planned')) as planned,
      (select count(*)::int from themes th where th.merged_into_id is null and th.statement_count > 0) as all,
      (select count(*)::int from spoke) as accounts, (select coalesce(sum(value), 0) from spoke) as worth
    from recent`);
  return row!;
}

/** What members searched for and did not find: a wish that nobody wrote down. Told only where several looked for it. */
async function listEmptySearches(now: Date): Promise<{ words: string; count: number }[]> {
  return db.execute<{ words: string; count: number }>(sql`
    select text as words, count(*)::int as count from search_queries where found = 0 and created_at > ${ago(now, 30)}::timestamptz group by text having count(*) >= 2 order by 2 desc, 1 limit 6`);
}

function ago(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}
