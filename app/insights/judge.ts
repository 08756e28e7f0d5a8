import { and, eq, isNull, sql } from "drizzle-orm";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import type { Member } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Tx } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { productAreas, sampledStatements, statementLabels, statements, themes, type LabelKind, type StatementRow } from "#db/schema/insights.ts";
import { requireInsights } from "./access.ts";
import { shippedModel } from "./active-model.ts";
import type { JudgeInput } from "./inputs.ts";
import { joinsThemes } from "./joins-themes.ts";
import { learnSoon } from "./learning/learn.ts";
import { canReadTwice, readTwiceSoon } from "./read-twice-soon.ts";
import { recountBeside } from "./recount-voices.ts";
import { regroup } from "./regroup.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { hasNoSubject } from "./subject-words.ts";
import { groupsOf, lockMining, proposeThemes, rebuildClusters, settleGroups, withThemes } from "./theme-keeper.ts";
import { readSubjects } from "./topic-subjects.ts";

type Said = { kind: LabelKind; value: string; before: string | null };

/**
 * Says what a statement is, or that the machine was right about it. It counts at once, is kept as a label to learn from,
 * and no machine writes over it. Who may not read the words cannot judge them.
 *
 * @throws NotFoundError where there is nothing for them to judge
 */
export function judgeStatement(actor: Member, input: Omit<JudgeInput, "next">): Promise<void> {
  return db.transaction(async (tx) => {
    requireInsights(actor);
    await lockMining(tx);
    const statement = await readJudged(tx, actor, input.statementId);
    await checkTargets(tx, input);

    const said = labelsOf(statement, input);
    const set: Partial<StatementRow> = {
      ...(input.to && { intent: input.to }), ...(input.sentiment && { sentiment: input.sentiment }), ...(input.urgency && { urgency: input.urgency }),
      ...(input.areaId !== undefined && { areaId: input.areaId }),
      // What a person has looked at is sure.
      ...((input.to || said.length === 0) && statement.band !== "not_understood" && { band: "auto" as const }),
      ...(input.to && { band: "auto" as const }),
    };
    const isJudgement = input.to !== undefined || said.length === 0;
    const corrected = [...new Set([...statement.corrected, ...said.map(({ kind }) => kind), ...(isJudgement ? ["intent" as const] : [])])].sort();
    await tx.update(statements).set({ ...set, corrected, reviewedAt: sql`now()` }).where(eq(statements.id, statement.id));
    const labels = isJudgement && !said.some(({ kind }) => kind === "intent") ? [...said, { kind: "intent" as const, value: input.to ?? statement.intent, before: statement.intent }] : said;
    await keepLabels(tx, actor, statement, labels);

    await learnSoon(tx);

    const left = statement.themeId === null ? [] : [statement.themeId];
    const themeIds = input.themeId !== undefined && input.themeId !== statement.themeId ? [...left, ...(await regroup(tx, [statement.id], input.themeId))] : [...left, ...(await replace(tx, { ...statement, ...set }))];
    await refreshThemes(tx, [...new Set([...themeIds, ...(input.themeId ? [input.themeId] : [])])]);
    if (set.intent || set.band) await recountBeside(tx, statement.postId);
  });
}

/** A statement for someone to judge: one whose words they may read. */
async function readJudged(tx: Tx, actor: Member, statementId: number): Promise<StatementRow> {
  const [statement] = await tx.select().from(statements).where(eq(statements.id, statementId)).for("update");
  const [topic] = statement ? await tx.select({ categoryId: topics.categoryId }).from(topics).where(and(eq(topics.id, statement.topicId), isNull(topics.removedAt))) : [];
  if (!statement || !topic || !(await listVisibleCategoryIds(tx, actor)).includes(topic.categoryId)) throw new NotFoundError("statement");
  return statement;
}

async function checkTargets(tx: Tx, { areaId, themeId }: Pick<JudgeInput, "areaId" | "themeId">): Promise<void> {
  if (areaId && (await tx.$count(productAreas, eq(productAreas.id, areaId))) === 0) throw new InvalidInputError("areaId", "core.invalid");
  if (themeId && (await tx.$count(themes, and(eq(themes.id, themeId), sql`${themes.mergedIntoId} is null`))) === 0) throw new InvalidInputError("themeId", "insights.noSuchTheme");
}

function labelsOf(statement: StatementRow, { to, sentiment, urgency, areaId, themeId }: Omit<JudgeInput, "next">): Said[] {
  const text = (id: number | null) => (id === null ? "none" : String(id));
  return [
    ...(to && to !== statement.intent ? [{ kind: "intent" as const, value: to, before: statement.intent }] : []),
    ...(sentiment && sentiment !== statement.sentiment ? [{ kind: "sentiment" as const, value: sentiment, before: statement.sentiment }] : []),
    ...(urgency && urgency !== statement.urgency ? [{ kind: "urgency" as const, value: urgency, before: statement.urgency }] : []),
    ...(areaId !== undefined && areaId !== statement.areaId ? [{ kind: "area" as const, value: text(areaId), before: text(statement.areaId) }] : []),
    ...(themeId !== undefined && themeId !== statement.themeId ? [{ kind: "theme" as const, value: text(themeId), before: text(statement.themeId) }] : []),
  ];
}

async function keepLabels(tx: Tx, actor: Member, { id, confidence, modelVersion }: StatementRow, labels: Said[]): Promise<void> {
  const truth = labels.find(({ kind }) => kind === "intent")?.value;
  const sampled = truth
    ? await tx.update(sampledStatements).set({ truth: truth as StatementRow["intent"], judgedById: actor.id, judgedAt: sql`now()` }).where(eq(sampledStatements.statementId, id)).returning({ id: sampledStatements.statementId })
    : [];
  if (labels.length > 0) await tx.insert(statementLabels).values(labels.map((label) => ({ ...label, statementId: id, confidence, modelVersion, isSample: sampled.length > 0, byId: actor.id })));
}

/** What it now is may bring it into a theme, or out of the one it was put into by the machine. */
async function replace(tx: Tx, statement: StatementRow): Promise<number[]> {
  if (statement.placedBy === "human") return [];
  const joins = joinsThemes({ ...statement, excluded: null });
  if (joins === (statement.clusterId !== null)) return [];
  const { clusterId } = statement;
  if (clusterId !== null) {
    await tx.update(statements).set({ clusterId: null, themeId: null, similarity: null }).where(eq(statements.id, statement.id));
    await rebuildClusters(tx, [clusterId]);
    return [];
  }
  if (statement.excluded !== null) return [];
  const [words] = await tx.execute<{ title: string; bodyText: string }>(sql`select t.title, p.body_text as "bodyText" from posts p join topics t on t.id = p.topic_id where p.id = ${statement.postId}`);
  const isTitle = statement.part === "title";
  const subject = isTitle ? undefined : (await readSubjects(tx, [statement.topicId])).get(statement.topicId);
  const text = (isTitle ? words!.title : words!.bodyText).slice(statement.start, statement.end);
  if (hasNoSubject({ intent: statement.intent, quote: text })) return [];
  const { cluster, similarity } = await withThemes(tx, async (engine) => engine.place({ text, title: isTitle ? "" : words!.title, at: statement.createdAt.getTime(), home: subject?.clusterId }));
  await tx.update(statements).set({ clusterId: cluster, similarity: Math.fround(similarity) }).where(eq(statements.id, statement.id));
  if (canReadTwice(shippedModel())) await readTwiceSoon(tx);
  const groups = await groupsOf(tx, [cluster]);
  return [...(await settleGroups(tx, groups)), ...(await proposeThemes(tx, groups))];
}
