import { sql } from "drizzle-orm";
import { z } from "zod";
import { config, type LanguageModel } from "#app/core/config.ts";
import { defineJob } from "#app/core/jobs.ts";
import { log } from "#app/core/log.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { modelCalls, themeSummaries } from "#db/schema/insights.ts";
import { behindTheme } from "../behind-theme.ts";
import { textHash } from "../text-hash.ts";
import { askModel, estimateTokens, MOST_OUTPUT_TOKENS, type Outcome } from "./ask.ts";
import { checkAnswer } from "./check-answer.ts";
import { PROMPT_VERSION, promptFor } from "./prompt.ts";

const THEMES_AT_ONCE = 25;
const MOST_CALLS_A_DAY = 500;
const FEWEST_STATEMENTS = 3;
const MOST_STATEMENTS = 12;
const MICROS = 1_000_000;

type Evidence = { id: number; quote: string; quoteHash: string; dataClass: "public" | "members" };

/**
 * Asks the language model, if one is set up, for a sentence and names for the weightiest themes that have none. It is
 * shown nothing but words that every member may read, and what it answers is checked against them. Nothing waits for
 * this, and without it nothing is missing but prose.
 */
export const summariseThemes = defineJob({
  name: "insights.summarise-themes",
  input: z.looseObject({}),
  maxAttempts: 1,
  async run() {
    const model = config.languageModel;
    if (!model) return;
    const rows = await db.execute<{ id: string }>(sql`
      select th.id from themes th left join theme_summaries su on su.theme_id = th.id and su.prompt_version = ${PROMPT_VERSION} and su.model = ${model.model}
        and not (su.created_at < now() - interval '30 days' and th.last_at > su.created_at)
      where th.merged_into_id is null and th.statement_count >= ${FEWEST_STATEMENTS} and su.theme_id is null order by th.score desc, th.id desc limit ${THEMES_AT_ONCE}`);
    for (const { id } of rows) if (!(await summarise(model, Number(id)))) return;
  },
});

/** Answers whether to go on with others. */
async function summarise(model: LanguageModel, themeId: number): Promise<boolean> {
  const evidence = await readEvidence(db, themeId);
  if (evidence.length < FEWEST_STATEMENTS) return true;
  const messages = promptFor(evidence.map(({ quote }) => quote));
  if (!(await isAffordable(model, estimateTokens(messages.map(({ content }) => content).join(""))))) return false;
  const { content, outcome: asked, ...spent } = await askModel(model, messages);
  const checked = content === null ? null : checkAnswer(content, evidence.map(({ quote }) => quote));
  const outcome: Outcome = asked !== "used" ? asked : checked === null ? "nonsense" : checked.sentence || checked.titles.length > 0 ? "used" : "empty";
  await db.transaction(async (tx) => {
    await tx.insert(modelCalls).values({
      ...spent, purpose: "theme-summary", model: model.model, promptVersion: PROMPT_VERSION, dataClass: evidence.some(({ dataClass }) => dataClass === "members") ? "members" : "public",
      costMicros: Math.ceil(spent.inputTokens * model.inputPrice + spent.outputTokens * model.outputPrice), themeId, outcome,
    });
    if (asked === "used") await keep(tx, model, themeId, evidence, checked ?? { sentence: "", titles: [] });
  });
  if (asked !== "used") log.warn({ outcome, themeId }, "the language model did not answer");
  // Too many requests, a wrong key, nobody there: asking for the next theme would not go better.
  return asked === "used" || asked === "nonsense";
}

/** An answer of which nothing may be shown is kept empty, so that it is not asked for again until the evidence changes. */
async function keep(tx: Tx, { model }: LanguageModel, themeId: number, evidence: Evidence[], { sentence, titles }: { sentence: string; titles: string[] }): Promise<void> {
  const values = { sentence, titles, statementIds: evidence.map(({ id }) => id), quoteHashes: evidence.map(({ quoteHash }) => quoteHash), model, promptVersion: PROMPT_VERSION };
  await tx.insert(themeSummaries).values({ themeId, ...values }).onConflictDoUpdate({ target: themeSummaries.themeId, set: { ...values, createdAt: sql`now()` } });
  // What was removed while the answer was under way.
  await dropStaleSummaries(tx, [themeId]);
}

/** The words that stand for a theme, one for each member, those first that are most like it; never from where not every member may read. */
async function readEvidence(on: Executor, themeId: number): Promise<Evidence[]> {
  const rows = await on.execute<{ id: string; part: string; start: number; end: number; title: string; bodyText: string; textHash: string; quoteHash: string; isPublic: boolean }>(sql`
    select * from (
      select distinct on (s.author_id) s.id, s.part, s.start, s."end", t.title, p.body_text as "bodyText", s.text_hash as "textHash", s.quote_hash as "quoteHash", s.similarity,
        exists (${accessOf("'everyone'")}) as "isPublic"
      from statements s join posts p on p.id = s.post_id and p.removed_at is null join topics t on t.id = s.topic_id and t.removed_at is null
      where ${behindTheme(themeId)} and exists (${accessOf("'everyone', 'members'")})
      order by s.author_id, s.part = 'title' desc, s.similarity desc nulls last, s.id
    ) said order by part = 'title' desc, similarity desc nulls last, id limit ${MOST_STATEMENTS}`);
  return rows.flatMap(({ id, part, start, end, title, bodyText, textHash: hash, quoteHash, isPublic }) => {
    const whole = part === "title" ? title : bodyText;
    return textHash(whole) === hash ? [{ id: Number(id), quote: whole.slice(start, end), quoteHash, dataClass: isPublic ? ("public" as const) : ("members" as const) }] : [];
  });
}

const accessOf = (kinds: "'everyone'" | "'everyone', 'members'") => sql`
  select from category_access ca join groups on groups.id = ca.group_id where ca.category_id = t.category_id and groups.kind in (${kinds === "'everyone'" ? sql`'everyone'` : sql`'everyone', 'members'`})`;

/** Whether today's money and calls allow one more, at its dearest. */
async function isAffordable({ dailyLimit, inputPrice, outputPrice }: LanguageModel, inputTokens: number): Promise<boolean> {
  const { costMicros, calls } = await readSpendToday(db);
  return calls < MOST_CALLS_A_DAY && costMicros + inputTokens * inputPrice + MOST_OUTPUT_TOKENS * outputPrice <= dailyLimit * MICROS;
}

export async function readSpendToday(on: Executor): Promise<{ costMicros: number; calls: number }> {
  const [row] = await on.execute<{ cost: string; calls: number }>(sql`select coalesce(sum(cost_micros), 0) as cost, count(*)::int as calls from model_calls where at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`);
  return { costMicros: Number(row!.cost), calls: row!.calls };
}

/** Forgets what was made from words that do not stand there any more, or not for all members. */
export async function dropStaleSummaries(tx: Tx, themeIds: number[]): Promise<void> {
  await tx.execute(sql`
    delete from theme_summaries su where su.theme_id = any(${sql.param(themeIds)}::bigint[]) and cardinality(su.statement_ids) > (${stillStanding(sql`exists (${accessOf("'everyone', 'members'")})`)})`);
}

/** How many of the statements that a summary `su` was made from stand unchanged behind its theme, under a condition on their topic `t`. */
export function stillStanding(condition: ReturnType<typeof sql>) {
  return sql`
    select count(*) from unnest(su.statement_ids, su.quote_hashes) as made(id, hash) join statements s on s.id = made.id and s.quote_hash = made.hash and s.excluded is null
    join themes own on own.id = s.theme_id and coalesce(own.merged_into_id, own.id) = su.theme_id join posts p on p.id = s.post_id and p.removed_at is null
    join topics t on t.id = s.topic_id and t.removed_at is null where ${condition}`;
}
