import { sql } from "drizzle-orm";
import type { Executor, Tx } from "#db/client.ts";
import { dropStaleSummaries } from "./language-model/summarise.ts";
import { BASELINE_DAYS, RECENT_DAYS, scoreOf } from "./score.ts";
import { readScoreSettings } from "./settings.ts";
import { tellingTitle, type TitleCandidate } from "./telling-title.ts";
import { themeTable } from "./theme-table.ts";
import type { Intent } from "./mining/kinds.ts";
import { agreeing } from "./voices.ts";

const ids = (themeIds: number[]) => sql`${sql.param(themeIds)}::bigint[]`;

/** The statements that count for some themes, each under the theme it is part of at present. */
const countedStatements = (themeIds: number[]) => sql`
  select s.*, coalesce(t.merged_into_id, t.id) as root
  from themes t join statements s on s.theme_id = t.id
  where (t.id = any(${ids(themeIds)}) or t.merged_into_id = any(${ids(themeIds)})) and s.excluded is null`;

/** Those who said it, and those who agree. */
const voicesOf = (counted: string) => sql`
  select root, author_id as member_id, created_at from ${sql.identifier(counted)}
  union all
  select s.root, a.member_id, a.created_at from ${sql.identifier(counted)} s cross join lateral ${agreeing} a`;

/**
 * Counts some themes anew from their statements, in the caller's transaction, and scores them. Themes that are merged
 * count with the one they are part of.
 */
export async function refreshThemes(tx: Tx, themeIds: number[], now = new Date()): Promise<void> {
  const rootRows = await tx.execute<{ id: string }>(sql`select distinct coalesce(merged_into_id, id) as id from themes where id = any(${ids(themeIds)}) order by 1`);
  const roots = rootRows.map(({ id }) => Number(id));
  if (roots.length === 0) return;
  await tx.execute(sql`
    with counted as (${countedStatements(roots)}),
    voices as (${voicesOf("counted")}),
    said as (
      select root, count(*)::int as statements, count(distinct topic_id)::int as topics,
        count(*) filter (where sentiment = 'neg')::int as negative, count(*) filter (where urgency = 'high')::int as urgent,
        mode() within group (order by intent) as intent,
        min(created_at) as first_at, max(created_at) as last_at
      from counted group by root
    ),
    -- Where most of its voices are: a title speaks for all who voted for it.
    spoken as (select counted.root, counted.area_id, categories.division_id, case when counted.part = 'title' then 1 + topics.vote_count else 1 end as voices from counted join topics on topics.id = counted.topic_id join categories on categories.id = topics.category_id),
    areas as (select distinct on (root) root, area_id from spoken where area_id is not null group by root, area_id order by root, sum(voices) desc, area_id),
    places as (select distinct on (root) root, division_id from spoken group by root, division_id order by root, sum(voices) desc, division_id),
    heard as (select root, count(distinct member_id)::int as people, max(created_at) as last_at from voices group by root),
    worth as (
      select root, count(*)::int as accounts, sum(value) as value from (
        select distinct voices.root, a.id, a.value from voices join account_members am on am.member_id = voices.member_id join customer_accounts a on a.id = am.account_id
      ) held group by root
    )
    update themes set
      statement_count = coalesce(said.statements, 0), topic_count = coalesce(said.topics, 0), people_count = coalesce(heard.people, 0),
      account_count = coalesce(worth.accounts, 0), account_value = coalesce(worth.value, 0),
      negative_count = coalesce(said.negative, 0), urgent_count = coalesce(said.urgent, 0),
      intent = coalesce(said.intent, themes.intent), area_id = coalesce(areas.area_id, case when said.root is null then themes.area_id end), division_id = coalesce(places.division_id, themes.division_id),
      first_at = said.first_at, last_at = greatest(said.last_at, heard.last_at)
    from unnest(${ids(roots)}) as wanted(id)
    left join said on said.root = wanted.id left join areas on areas.root = wanted.id left join places on places.root = wanted.id left join heard on heard.root = wanted.id
    left join worth on worth.root = wanted.id
    where themes.id = wanted.id`);
  await nameThemes(tx, roots);
  await dropStaleSummaries(tx, roots);
  await tx.execute(sql`delete from theme_days where theme_id = any(${ids(roots)})`);
  await tx.execute(sql`
    with counted as (${countedStatements(roots)}), voices as (${voicesOf("counted")}),
    said as (select root, (created_at at time zone 'UTC')::date as day, count(*)::int as statements, count(*) filter (where sentiment = 'neg')::int as negative from counted group by 1, 2),
    heard as (select root, (created_at at time zone 'UTC')::date as day, count(distinct member_id)::int as people from voices group by 1, 2)
    insert into theme_days (theme_id, day, statements, people, negative)
    select coalesce(said.root, heard.root), coalesce(said.day, heard.day), coalesce(said.statements, 0), coalesce(heard.people, 0), coalesce(said.negative, 0)
    from said full join heard on heard.root = said.root and heard.day = said.day`);
  await scoreThemes(tx, roots, now);
}

/** Marks themes as not counted since something in them changed: to be counted once, when all that comes has come. */
export async function leaveUncounted(tx: Tx, themeIds: number[]): Promise<void> {
  await tx.execute(sql`update themes set scored_on = null where scored_on is not null and id in (select coalesce(merged_into_id, id) from themes where id = any(${ids(themeIds)}))`);
}

/** Counts some of those that are not counted. Answers whether any are left. */
export async function countUncounted(tx: Tx, most: number): Promise<boolean> {
  const rows = await tx.execute<{ id: string }>(sql`select id from themes where scored_on is null and merged_into_id is null order by id limit ${most}`);
  await refreshThemes(tx, rows.map(({ id }) => Number(id)));
  return rows.length === most;
}

/** So many statements are looked at for a name: those the engine finds most like their theme. */
const READ_FOR_NAME = 40;

/** A topic's title names what is asked or suffered in it. What is praised there, or had elsewhere, is something else. */
const BESIDE: ReadonlySet<Intent> = new Set(["praise", "competitor"]);

/** Chooses by whose words each theme is called, of those that no person named. */
async function nameThemes(tx: Tx, roots: number[]): Promise<void> {
  const rows = await tx.execute<{ root: string; id: string; topicId: string; part: string; start: number; end: number; title: string; bodyText: string; isPublic: boolean; currentId: string | null; ofTopic: boolean; isTitleElsewhere: boolean; intent: Intent }>(sql`
    select * from (
      select counted.root, counted.id, counted.topic_id as "topicId", counted.part, counted.start, counted."end", t.title, p.body_text as "bodyText", th.title_statement_id as "currentId", th.title_of_topic as "ofTopic", counted.intent,
        exists (select from category_access ca join groups on groups.id = ca.group_id where ca.category_id = counted.category_id and groups.kind = 'everyone') as "isPublic",
        exists (select from statements title join themes other on other.id = title.theme_id where title.topic_id = counted.topic_id and title.part = 'title' and coalesce(other.merged_into_id, other.id) <> counted.root) as "isTitleElsewhere",
        row_number() over (partition by counted.root order by counted.part = 'title' desc, counted.similarity desc nulls last, counted.id) as nth
      from (${countedStatements(roots)}) counted join themes th on th.id = counted.root join posts p on p.id = counted.post_id join topics t on t.id = counted.topic_id
      -- Who asks for something else in passing does not name it.
      where th.title is null and counted.intent = th.intent
    ) read where nth <= ${READ_FOR_NAME} order by root, id`);
  const byRoot = new Map<number, typeof rows[number][]>();
  for (const row of rows) byRoot.set(Number(row.root), [...(byRoot.get(Number(row.root)) ?? []), row]);
  const names = [...byRoot].flatMap(([root, said]) => {
    const { currentId, ofTopic } = said[0]!;
    const inTopic = (topicId: string) => said.filter((one) => one.topicId === topicId).length / said.length;
    const candidates = said.flatMap((one): TitleCandidate[] => {
      const isTitle = one.part === "title";
      const of = { statementId: Number(one.id), isPublic: one.isPublic, share: inTopic(one.topicId) };
      const mayBearTitle = !isTitle && of.share >= 0.5 && !BESIDE.has(one.intent) && !one.isTitleElsewhere;
      return [{ ...of, text: (isTitle ? one.title : one.bodyText).slice(one.start, one.end), isTitle, ofTopic: false }, ...(mayBearTitle ? [{ ...of, text: one.title, isTitle: false, ofTopic: true }] : [])];
    });
    const best = tellingTitle(candidates, themeTable()) ?? candidates.find((one) => one.ofTopic) ?? candidates[0]!;
    return best.statementId === Number(currentId) && best.ofTopic === ofTopic ? [] : [{ root, id: best.statementId, ofTopic: best.ofTopic }];
  });
  if (names.length === 0) return;
  await tx.execute(sql`
    update themes set title_statement_id = x.id, title_of_topic = x."ofTopic"
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as x(root bigint, id bigint, "ofTopic" boolean) where themes.id = x.root`);
}

type Row = { id: string; intent: Intent; people: number; accounts: number; value: number; statements: number; negative: number; urgent: number; recent: number; baseline: number; lastAt: string | null };

/** Scores themes as of a day, from what is counted. The same day and counts give the same score. */
export async function scoreThemes(on: Executor, themeIds: number[], now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const asOf = new Date(`${today}T00:00:00Z`);
  const settings = await readScoreSettings(on);
  const rows = await on.execute<Row>(sql`
    select t.id, t.intent, t.people_count as people, t.account_count as accounts, t.account_value as value, t.statement_count as statements,
      t.negative_count as negative, t.urgent_count as urgent, t.last_at as "lastAt",
      coalesce(sum(d.people) filter (where d.day > ${today}::date - ${RECENT_DAYS}::int), 0)::int as recent,
      coalesce(sum(d.people) filter (where d.day <= ${today}::date - ${RECENT_DAYS}::int), 0)::int as baseline
    from themes t left join theme_days d on d.theme_id = t.id and d.day > ${today}::date - ${RECENT_DAYS + BASELINE_DAYS}::int
    where t.id = any(${ids(themeIds)}) group by t.id`);
  const scored = rows.map((row) => {
    const { score, factors } = scoreOf({ ...row, accountValue: Number(row.value), lastAt: row.lastAt ? new Date(row.lastAt) : null }, asOf, settings);
    return { id: Number(row.id), score, factors };
  });
  if (scored.length === 0) return;
  await on.execute(sql`
    update themes set score = x.score, factors = x.factors, scored_on = ${today}::date
    from jsonb_to_recordset(${JSON.stringify(scored)}::jsonb) as x(id bigint, score float8, factors jsonb) where themes.id = x.id`);
}
