import { sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import type { Member } from "#app/core/viewer.ts";
import { changeTopic, lockTopic, ofTopic } from "#app/forums/lock-topic.ts";
import { canSetIdeaStatus } from "#app/forums/policy.ts";
import { db } from "#db/client.ts";
import type { IdeaStatus } from "#db/schema/forums.ts";
import type { ThemeState } from "#db/schema/insights.ts";
import { behindTheme } from "./behind-theme.ts";

/** Where an idea stands once the theme that it asks for is decided. */
const statusOf: { [State in ThemeState]?: IdeaStatus } = { accepted: "under_review", planned: "planned", shipped: "shipped", declined: "declined" };
/** From where it goes there. What staff have told in the topic itself, and what is further, stays. */
const movesFrom: { [Status in IdeaStatus]?: IdeaStatus[] } = {
  under_review: ["open"], planned: ["open", "under_review"], shipped: ["open", "under_review", "planned"], declined: ["open", "under_review", "planned"],
};

type Decision = { themeId: number; state: ThemeState; reason: string };

/**
 * The ideas that ask for a theme by their title take what was decided as their status, so that none says something else
 * than the note in it. One that got its status from an earlier decision on the theme takes any later one. Who asked is
 * told by the decision: nobody is told of the status besides.
 */
export async function moveIdeas(actor: Member, decision: Decision, visibleCategoryIds: number[]): Promise<void> {
  const status = statusOf[decision.state];
  if (!status) return;
  const ideas = await db.execute<{ id: string }>(sql`
    select distinct t.id from statements s join topics t on t.id = s.topic_id
    where ${behindTheme(decision.themeId)} and s.part = 'title' and t.kind = 'idea' and t.removed_at is null and t.archived_at is null
      and (t.idea_status <> ${status}::idea_status or (${decision.reason} <> '' and t.idea_status_reason <> ${decision.reason})) and t.category_id = any(${sql.param(visibleCategoryIds)}::bigint[])
    order by t.id`);
  for (const { id } of ideas) await moveIdea(actor, Number(id), status, decision);
}

function moveIdea(actor: Member, topicId: number, status: IdeaStatus, { themeId, state, reason }: Decision): Promise<void> {
  return db.transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, topicId);
    if (!canSetIdeaStatus(actor, topic).allowed) return;
    const [theme] = await tx.execute(sql`select from themes where id = ${themeId} and state = ${state}::theme_state`);
    const earlier = await tx.execute<{ state: ThemeState }>(sql`select state from told_topics where theme_id = ${themeId} and topic_id = ${topicId}`);
    const isOwn = earlier.some((told) => statusOf[told.state] === topic.ideaStatus);
    if (!theme || !(isOwn || movesFrom[status]!.includes(topic.ideaStatus))) return;
    await changeTopic(tx, topicId, { ideaStatus: status, ideaStatusReason: reason });
    await record(tx, { type: "topic.changed", ...ofTopic(topic), actorId: actor.id, change: "decided" });
  });
}
