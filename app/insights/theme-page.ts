import { sql } from "drizzle-orm";
import { refusalOf } from "#app/core/http.ts";
import type { Member } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { topicPath } from "#app/forums/paths.ts";
import { db } from "#db/client.ts";
import { canConfigure, canDecide } from "./access.ts";
import { behindTheme } from "./behind-theme.ts";
import { listOwners } from "./decide.ts";
import { readSummary } from "./language-model/read-summary.ts";
import { listMerges } from "./merge-themes.ts";
import { readQuotes } from "./quotes.ts";
import { similarThemes } from "./similar.ts";
import { countToTell } from "./tell.ts";
import { listEvents } from "./theme-events.ts";
import { findThemes, readTheme } from "./themes.ts";
import { agreeing } from "./voices.ts";
import { mondayOf } from "./weeks.ts";

export const QUOTES_PER_PAGE = 25;
const WEEKS = 26;

export type ThemePageData = Awaited<ReturnType<typeof readThemePage>>;

/**
 * Everything a theme's page shows to one viewer.
 *
 * @throws NotFoundError
 */
export async function readThemePage(viewer: Member, themeId: number, { before }: { before?: number }) {
  const theme = await readTheme(db, viewer, themeId);
  const where = before ? sql`${behindTheme(themeId)} and (s.created_at, s.id) < (select created_at, id from statements where id = ${before})` : behindTheme(themeId);
  const [quotes, weeks, events, merges, similar, toTell, accounts, voters, owners, follows, mergedInto, summary, ideas] = await Promise.all([
    readQuotes(db, viewer, { where, limit: QUOTES_PER_PAGE + 1 }),
    readWeeks(themeId),
    listEvents(db, themeId, 60),
    listMerges(db, themeId),
    similarThemes(db, viewer, themeId),
    countToTell(themeId),
    readAccounts(themeId),
    readAgreeingCount(themeId),
    listOwners(),
    db.execute(sql`select from theme_followers where theme_id = ${themeId} and member_id = ${viewer.id}`),
    theme.mergedIntoId === null ? null : readTheme(db, viewer, theme.mergedIntoId),
    readSummary(db, viewer, themeId),
    readIdeas(viewer, themeId),
  ]);
  const parts = merges.length > 0 ? await readParts(viewer, merges.map(({ fromId }) => fromId)) : [];
  const shown = quotes.slice(0, QUOTES_PER_PAGE);
  return {
    theme, weeks, events, similar, toTell, accounts, voters, owners, mergedInto, summary, ideas,
    quotes: shown.filter(({ gone }) => gone !== "private"),
    hiddenCount: await countHidden(viewer, themeId),
    next: quotes.length > QUOTES_PER_PAGE ? shown.at(-1)!.id : null,
    merges: merges.map(({ id, fromId, at }) => ({ id, at, theme: parts.find((part) => part.id === fromId) ?? null })),
    follows: follows.length > 0,
    refusal: refusalOf(viewer, canDecide(viewer, theme)),
    mayConfigure: canConfigure(viewer).allowed,
  };
}

async function readParts(viewer: Member, ids: number[]) {
  return Promise.all(ids.map((id) => readTheme(db, viewer, id)));
}

async function countHidden(viewer: Member, themeId: number): Promise<number> {
  const visible = await listVisibleCategoryIds(db, viewer);
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from statements s join topics t on t.id = s.topic_id where ${behindTheme(themeId)} and not t.category_id = any(${sql.param(visible)}::bigint[])`);
  return row!.count;
}

async function readWeeks(themeId: number, now = new Date()) {
  const rows = await db.execute<{ week: string; voices: number; negative: number }>(sql`
    select (date_trunc('week', day)::date)::text as week, sum(people)::int as voices, sum(negative)::int as negative from theme_days
    where theme_id = ${themeId} and day >= date_trunc('week', now()) - ${WEEKS - 1}::int * interval '1 week' group by 1`);
  const byWeek = new Map(rows.map((row) => [row.week, row]));
  return Array.from({ length: WEEKS }, (_, at) => {
    const week = mondayOf(new Date(now.getTime() - (WEEKS - 1 - at) * 7 * 86_400_000));
    return { week, voices: byWeek.get(week)?.voices ?? 0, negative: byWeek.get(week)?.negative ?? 0 };
  });
}

/** Accounts behind it. That one spoke is no secret of the place where it did: only who and what would be. */
function readAccounts(themeId: number) {
  return db.execute<{ id: string; name: string; segment: string; value: number; people: number }>(sql`
    select ca.id, ca.name, ca.segment, ca.value, count(distinct v.member_id)::int as people from (
      select s.author_id as member_id from statements s where ${behindTheme(themeId)}
      union select a.member_id from statements s cross join lateral ${agreeing} a where ${behindTheme(themeId)}
    ) v join account_members am on am.member_id = v.member_id join customer_accounts ca on ca.id = am.account_id
    group by ca.id order by ca.value desc, ca.name limit 20`);
}

/** How many agree without having said it in words of their own. */
async function readAgreeingCount(themeId: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(distinct a.member_id)::int as count from statements s cross join lateral ${agreeing} a
    where ${behindTheme(themeId)} and a.member_id not in (select s.author_id from statements s where ${behindTheme(themeId)})`);
  return row!.count;
}

/** What staff have told in the topics themselves, idea by idea: whoever decides here should know it. */
async function readIdeas(viewer: Member, themeId: number) {
  const visible = await listVisibleCategoryIds(db, viewer);
  const rows = await db.execute<{ id: string; slug: string; title: string; status: "planned" | "shipped" | "declined"; reason: string }>(sql`
    select distinct t.id, t.slug, t.title, t.idea_status as status, t.idea_status_reason as reason from statements s join topics t on t.id = s.topic_id
    where ${behindTheme(themeId)} and t.kind = 'idea' and t.idea_status in ('planned', 'shipped', 'declined') and t.removed_at is null and t.category_id = any(${sql.param(visible)}::bigint[])
    order by t.id limit 5`);
  return rows.map(({ id, slug, ...idea }) => ({ ...idea, id: Number(id), path: topicPath({ slug, id: Number(id) }) }));
}

/** Themes by name, for choosing one: the highest first. */
export function listChoices(viewer: Member, limit = 200) {
  return findThemes(db, viewer, sql`true`, { limit });
}
