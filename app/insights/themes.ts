import { sql, type SQL } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import type { ScoreFactors, ThemeState } from "#db/schema/insights.ts";
import type { ThemeFilter } from "./inputs.ts";
import type { Intent } from "./mining/kinds.ts";
import { wordsOf } from "./quotes.ts";
import { plainTitle } from "./paths.ts";
import { ENOUGH_PEOPLE, trendOf, type Trend } from "./score.ts";

/** A theme as lists show it to one viewer. */
export type ThemeCard = {
  id: number;
  /** As a person named it, else the words of one statement. Null when the viewer may not read those. */
  title: string | null;
  isNamed: boolean;
  intent: Intent;
  areaId: number | null;
  areaName: string | null;
  divisionId: number | null;
  divisionName: string | null;
  accent: string | null;
  state: ThemeState;
  stateChangedAt: Date;
  reason: string;
  dueOn: string | null;
  ownerId: number | null;
  ownerName: string | null;
  trackerUrl: string | null;
  statementCount: number;
  topicCount: number;
  peopleCount: number;
  accountCount: number;
  accountValue: number;
  negativeCount: number;
  urgentCount: number;
  firstAt: Date | null;
  lastAt: Date | null;
  createdAt: Date;
  score: number;
  factors: ScoreFactors | null;
  trend: Trend;
  /** Voices in each of the last twelve weeks, the present one last. */
  weeks: number[];
  mergedIntoId: number | null;
};

// As Postgres hands it over; cardOf is the one place that reads it.
type Row = Record<string, any>;

const columns = (visible: number[]) => sql`
  th.id, th.title, th.intent, th.area_id, a.name as area_name, th.division_id, d.name as division_name, d.accent, th.state, th.state_changed_at, th.reason, th.due_on::text as due_on,
  th.owner_id, o.name as owner_name, th.tracker_url, th.statement_count, th.topic_count, th.people_count, th.account_count, th.account_value, th.negative_count, th.urgent_count,
  th.first_at, th.last_at, th.created_at, th.score, th.factors, th.merged_into_id,
  th.title_of_topic, s.part, s.start, s."end", s.text_hash, case when s.part = 'body' then p.body_text end as body_text, tp.title as topic_title,
  tp.category_id = any(${sql.param(visible)}::bigint[]) and p.removed_at is null and tp.removed_at is null as is_visible,
  (select json_agg(json_build_array(((current_date - day) / 7)::int, people)) from theme_days where theme_id = th.id and day > current_date - 84) as weeks`;

const joins = sql`
  from themes th left join product_areas a on a.id = th.area_id left join divisions d on d.id = th.division_id left join members o on o.id = th.owner_id
  left join statements s on s.id = th.title_statement_id left join posts p on p.id = s.post_id left join topics tp on tp.id = s.topic_id`;

/** A theme with nobody behind it any more is kept for its history, and is in no list unless somebody decided on it. */
const isAlive = sql`th.merged_into_id is null and (th.statement_count > 0 or th.state <> 'new' or th.created_by_id is not null)`;

export type ThemeCursor = { key: string; id: number };
export const THEMES_PER_PAGE = 30;

const orders = {
  score: { column: sql`th.score`, type: sql`float8` },
  new: { column: sql`th.created_at`, type: sql`timestamptz` },
  last: { column: sql`coalesce(th.last_at, th.created_at)`, type: sql`timestamptz` },
  people: { column: sql`th.people_count`, type: sql`int` },
};

/** Themes under a filter, with where the next page begins. */
export async function listThemes(on: Executor, viewer: Viewer, filter: ThemeFilter, { after, limit = THEMES_PER_PAGE }: { after?: ThemeCursor | null; limit?: number } = {}) {
  const { column, type } = orders[filter.sort];
  const where = [isAlive, ...conditionsOf(viewer, filter)];
  if (after) where.push(sql`(${column}, th.id) < (${after.key}::${type}, ${after.id}::bigint)`);
  const rows = await selectThemes(on, viewer, sql`where ${sql.join(where, sql` and `)} order by ${column} desc, th.id desc limit ${limit + 1}`, column);
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return { themes: rows.slice(0, limit).map(({ card }) => card), next: last && { key: last.key, id: last.card.id } };
}

export async function countThemes(on: Executor, viewer: Viewer, filter: ThemeFilter): Promise<Record<ThemeState, number>> {
  const rows = await on.execute<{ state: ThemeState; count: number }>(sql`
    select th.state, count(*)::int as count from themes th where ${sql.join([isAlive, ...conditionsOf(viewer, { ...filter, state: undefined })], sql` and `)} group by th.state`);
  return { new: 0, triaged: 0, accepted: 0, planned: 0, shipped: 0, declined: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

/** Some themes by a condition of the caller's own on `th`, the highest first. */
export async function findThemes(on: Executor, viewer: Viewer, where: SQL, { limit, orderBy = sql`th.score desc, th.id desc` }: { limit: number; orderBy?: SQL }): Promise<ThemeCard[]> {
  const rows = await selectThemes(on, viewer, sql`where ${isAlive} and ${where} order by ${orderBy} limit ${limit}`, sql`th.score`);
  return rows.map(({ card }) => card);
}

/**
 * A theme for its page; one that was merged is there, too, and says into what.
 *
 * @throws NotFoundError
 */
export async function readTheme(on: Executor, viewer: Viewer, themeId: number): Promise<ThemeCard> {
  const [row] = await selectThemes(on, viewer, sql`where th.id = ${themeId}`, sql`th.score`);
  if (!row) throw new NotFoundError("theme");
  return row.card;
}

function conditionsOf(viewer: Viewer, { division, area, intent, segment, account, period, state, owner }: ThemeFilter): SQL[] {
  const where: SQL[] = [];
  if (division) where.push(sql`th.division_id = ${division}`);
  // An area holds what is under it.
  if (area) where.push(sql`th.area_id in (with recursive branch as (select id from product_areas where id = ${area} union all select below.id from product_areas below join branch on below.parent_id = branch.id) select id from branch)`);
  if (intent) where.push(sql`th.intent = ${intent}::statement_intent`);
  if (state) where.push(sql`th.state = ${state}::theme_state`);
  if (owner === "me" && viewer.kind === "member") where.push(sql`th.owner_id = ${viewer.id}`);
  if (owner === "nobody") where.push(sql`th.owner_id is null`);
  if (period) where.push(sql`th.last_at > now() - ${period}::int * interval '1 day'`);
  if (segment) {
    where.push(sql`exists (
      select from statements st join account_members am on am.member_id = st.author_id join customer_accounts ca on ca.id = am.account_id
      where st.theme_id in (select id from themes where id = th.id or merged_into_id = th.id) and st.excluded is null and ca.segment = ${segment})`);
  }
  // Those that its people spoke of: what they said elsewhere, or voted for, is another matter.
  if (account) {
    where.push(sql`th.id in (
      select coalesce(of_theme.merged_into_id, of_theme.id) from account_members am join statements st on st.author_id = am.member_id join themes of_theme on of_theme.id = st.theme_id
      where am.account_id = ${account} and st.excluded is null)`);
  }
  return where;
}

async function selectThemes(on: Executor, viewer: Viewer, rest: SQL, key: SQL): Promise<{ card: ThemeCard; key: string }[]> {
  const visible = await listVisibleCategoryIds(on, viewer);
  const rows = await on.execute<Row>(sql`select ${columns(visible)}, ${key}::text as key ${joins} ${rest}`);
  return rows.map((row) => ({ card: cardOf(row), key: row.key }));
}

function cardOf(row: Row): ThemeCard {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]));
  const moment = (name: string) => (row[name] === null ? null : new Date(row[name]!));
  const factors = row.factors as ScoreFactors | null;
  const words = row.is_visible ? wordsOf({ part: row.part!, start: row.start!, end: row.end!, textHash: row.text_hash!, topicTitle: row.topic_title!, bodyText: row.body_text! }) : null;
  const weeks = Array.from({ length: 12 }, () => 0);
  for (const [ago, people] of (row.weeks ?? []) as [number, number][]) if (ago >= 0 && ago < 12) weeks[11 - ago]! += people;
  const people = row.people_count as number;
  return {
    id: Number(row.id), title: row.title ?? (words && shortened(row.title_of_topic ? row.topic_title! : words)), isNamed: row.title !== null, intent: row.intent!, areaId: number("area_id"), areaName: row.area_name!,
    divisionId: number("division_id"), divisionName: row.division_name!, accent: row.accent!, state: row.state!, stateChangedAt: moment("state_changed_at")!, reason: row.reason!, dueOn: row.due_on!,
    ownerId: number("owner_id"), ownerName: row.owner_name!, trackerUrl: row.tracker_url!, statementCount: row.statement_count!, topicCount: row.topic_count!, peopleCount: people,
    accountCount: row.account_count!, accountValue: Number(row.account_value), negativeCount: row.negative_count!, urgentCount: row.urgent_count!, firstAt: moment("first_at"), lastAt: moment("last_at"),
    createdAt: moment("created_at")!, score: Number(row.score), factors, weeks, mergedIntoId: number("merged_into_id"),
    trend: factors ? trendOf({ people, velocity: factors.velocity, freshness: factors.freshness }) : people < ENOUGH_PEOPLE ? "emerging" : "steady",
  };
}

/** A name is a line: the first sentence of a long passage, cut at a word. */
function shortened(words: string): string {
  const line = plainTitle(words).replace(/\s+/g, " ").trim();
  if (line.length <= 110) return line;
  const cut = line.slice(0, 108);
  return `${cut.slice(0, Math.max(60, cut.lastIndexOf(" ")))}…`;
}
