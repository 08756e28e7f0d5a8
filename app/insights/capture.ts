import { and, eq, sql } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import type { Member } from "#app/core/viewer.ts";
import { accessPost } from "#app/forums/lock-topic.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { db, type Tx } from "#db/client.ts";
import { statements, themes, type StatementRow } from "#db/schema/insights.ts";
import { requireInsights } from "./access.ts";
import { findQuote } from "./find-quote.ts";
import type { CaptureInput } from "./inputs.ts";
import { urgencyOf } from "./mining/urgency.ts";
import { recountBeside } from "./recount-voices.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { regroup } from "./regroup.ts";
import { textHash } from "./text-hash.ts";
import { noteEvent } from "./theme-events.ts";
import { lockMining } from "./theme-keeper.ts";
import { isEmployee } from "./voices.ts";

export type Captured = { themeId: number; statementId: number };
/** It is evidence already: where, so that a person can decide whether to count it there instead. */
export type Duplicate = { duplicateOf: number };

/**
 * Takes words of a post as evidence for a theme, there or new. The post is not touched.
 *
 * @throws InvalidInputError when the words do not stand in the post
 */
export function captureQuote(actor: Member, { topicId, postNumber }: { topicId: number; postNumber: number }, input: CaptureInput): Promise<Captured | Duplicate> {
  return db.transaction(async (tx) => {
    requireInsights(actor);
    const topic = await accessTopic(tx, actor, topicId);
    const post = await accessPost(tx, actor, topic, postNumber);
    await lockMining(tx);
    const inBody = findQuote(post.bodyText, input.quote);
    const inTitle = postNumber === 1 && !inBody ? findQuote(topic.title, input.quote) : null;
    const place = inBody ?? inTitle;
    if (!place || post.removedAt) throw new InvalidInputError("quote", "insights.notInThePost");
    const part = inBody ? ("body" as const) : ("title" as const);
    const themeId = await targetOf(tx, actor, input, { divisionId: topic.divisionId });

    const overlapping = await tx.select().from(statements).where(and(eq(statements.postId, post.id), eq(statements.part, part), sql`${statements.start} < ${place.end} and ${statements.end} > ${place.start}`));
    const elsewhere = overlapping.find((one) => one.themeId !== null && one.themeId !== themeId);
    if (elsewhere && !input.sure) return { duplicateOf: elsewhere.themeId! };

    const whole = part === "body" ? post.bodyText : topic.title;
    const same = overlapping.find(({ start, end }) => start === place.start && end === place.end);
    const values = { intent: input.kind, importance: input.importance, capturedById: actor.id, band: "auto" as const, corrected: ["intent" as const], reviewedAt: sql`now()` };
    const [row] = same
      ? await tx.update(statements).set({ ...values, corrected: [...new Set([...same.corrected, "intent" as const])].sort() }).where(eq(statements.id, same.id)).returning()
      : await tx
          .insert(statements)
          .values({
            ...values, postId: post.id, topicId, categoryId: topic.categoryId, authorId: post.authorId, part, ...place, revision: post.revision, textHash: textHash(whole),
            quoteHash: textHash(whole.slice(place.start, place.end)), language: "und", confidence: 1, sentiment: sentimentOf(overlapping), urgency: urgencyOf(whole.slice(place.start, place.end), input.kind),
            areaId: overlapping[0]?.areaId ?? null, modelVersion: "human", excluded: await standingOf(tx, post.authorId), createdAt: post.createdAt,
          })
          .returning();
    const left = await regroup(tx, [row!.id], themeId);
    await noteEvent(tx, { themeId, kind: "captured", to: String(row!.id), actorId: actor.id });
    await refreshThemes(tx, [...new Set([themeId, ...left])]);
    await recountBeside(tx, post.id);
    return { themeId, statementId: row!.id };
  });
}

async function targetOf(tx: Tx, actor: Member, { themeId, title, kind }: CaptureInput, { divisionId }: { divisionId: number }): Promise<number> {
  if (themeId !== null) {
    // Whoever typed a name would miss it.
    if (title !== "") throw new InvalidInputError("title", "insights.chooseOrNameNotBoth");
    const [theme] = await tx.select({ id: themes.id, mergedIntoId: themes.mergedIntoId }).from(themes).where(eq(themes.id, themeId));
    if (!theme) throw new InvalidInputError("themeId", "insights.noSuchTheme");
    return theme.mergedIntoId ?? theme.id;
  }
  if (title === "") throw new InvalidInputError("title", "insights.chooseOrName");
  const [made] = await tx.insert(themes).values({ title, intent: kind, divisionId, createdById: actor.id }).returning({ id: themes.id });
  await noteEvent(tx, { themeId: made!.id, kind: "created", actorId: actor.id });
  return made!.id;
}

async function standingOf(tx: Tx, memberId: number): Promise<StatementRow["excluded"]> {
  const [row] = await tx.execute<{ yes: boolean }>(sql`select ${isEmployee} as yes from members where members.id = ${memberId}`);
  return row?.yes ? "employee" : null;
}

function sentimentOf(overlapping: StatementRow[]): StatementRow["sentiment"] {
  return overlapping[0]?.sentiment ?? "neu";
}
