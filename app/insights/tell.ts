import { sql } from "drizzle-orm";
import { z } from "zod";
import { record } from "#app/core/events.ts";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { translate } from "#app/core/messages.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import { readMember } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { listVisibleCategoryIds, listWhoSee } from "#app/core/visibility.ts";
import { addPost } from "#app/forums/posts.ts";
import { db, type Tx } from "#db/client.ts";
import { themeState, type ThemeState } from "#db/schema/insights.ts";
import { behindTheme } from "./behind-theme.ts";
import { mailDecision } from "./mail-decision.ts";
import { moveIdeas } from "./move-ideas.ts";
import { agreeing } from "./voices.ts";

/** States that those who asked are told of. The others are the company's own housekeeping. */
export const toldStates: ReadonlySet<ThemeState> = new Set(["accepted", "planned", "shipped", "declined"]);

/** So many topics at once, then a pause: a decision on a large theme must not fill everyone's lists within a second. */
const AT_ONCE = 20;
const PAUSE_SECONDS = 60;

type Source = { topicId: string; categoryId: string; isOpen: boolean };

/** Leaves a note in every topic where it was asked for, moves the ideas among them, and tells everyone who asked or voted, each once for each state. */
export const tellOfDecision = defineJob({
  name: "insights.tell-of-decision",
  input: z.object({ themeId: z.number(), state: z.enum(themeState.enumValues), actorId: z.number() }),
  maxAttempts: 10,
  async run({ themeId, state, actorId }) {
    const actor = await readMember(actorId);
    const [theme] = await db.execute<{ reason: string }>(sql`select reason from themes where id = ${themeId} and state = ${state}::theme_state`);
    // Decided otherwise meanwhile: what is no longer so is not told.
    if (!actor || !theme) return;
    const sources = await db.execute<Source>(sql`
      select t.id as "topicId", t.category_id as "categoryId", t.archived_at is null as "isOpen"
      from topics t where t.removed_at is null and t.id in (${sourceTopics(themeId)})
        and not exists (select from told_topics told where told.theme_id = ${themeId} and told.state = ${state}::theme_state and told.topic_id = t.id)
      order by t.id limit ${AT_ONCE + 1}`);
    const visible = new Set(await listVisibleCategoryIds(db, actor));
    for (const source of sources.slice(0, AT_ONCE)) {
      await db.transaction((tx) => tellTopic(tx, actor, { themeId, state, reason: theme.reason }, source, source.isOpen && visible.has(Number(source.categoryId))));
    }
    await moveIdeas(actor, { themeId, state, reason: theme.reason }, [...visible]);
    if (sources.length > AT_ONCE) await enqueue(db, tellOfDecision, { themeId, state, actorId }, { key: `${themeId}:${state}`, delaySeconds: PAUSE_SECONDS });
  },
});

/** In how many topics and to how many people a state would be told; the ideas among the topics take it as their status. */
export async function countToTell(themeId: number): Promise<{ topics: number; ideas: number; people: number }> {
  const [row] = await db.execute<{ topics: number; ideas: number; people: number }>(sql`
    select (select count(*)::int from topics t where t.removed_at is null and t.id in (${sourceTopics(themeId)})) as topics,
      (select count(*)::int from topics t where t.removed_at is null and t.kind = 'idea' and t.id in (${sourceTopics(themeId)} and s.part = 'title')) as ideas,
      (select count(distinct member_id)::int from (${askers(themeId, sql`true`)}) asked) as people`);
  return row!;
}

async function tellTopic(tx: Tx, actor: Member, { themeId, state, reason }: { themeId: number; state: ThemeState; reason: string }, source: Source, leavesNote: boolean): Promise<void> {
  const topicId = Number(source.topicId);
  const [first] = await tx.execute(sql`insert into told_topics (theme_id, state, topic_id) values (${themeId}, ${state}::theme_state, ${topicId}) on conflict do nothing returning topic_id`);
  if (!first) return;
  let postId: number | null = null;
  if (leavesNote) {
    const note = await addPost(tx, actor, { id: topicId, categoryId: Number(source.categoryId) }, { body: markdownToDocument(noteOf(state, reason)), isStaffNote: true });
    postId = note.id;
    await tx.execute(sql`update told_topics set post_id = ${postId} where theme_id = ${themeId} and state = ${state}::theme_state and topic_id = ${topicId}`);
  }
  const asked = await tx.execute<{ memberId: string }>(askers(themeId, sql`topic_id = ${topicId}`));
  const seeing = await listWhoSee(tx, Number(source.categoryId), asked.map(({ memberId }) => Number(memberId)));
  seeing.delete(actor.id);
  const told = await tx.execute<{ memberId: string }>(sql`
    insert into told_members (theme_id, state, member_id, topic_id)
    select ${themeId}, ${state}::theme_state, id, ${topicId} from unnest(${sql.param([...seeing].sort((a, b) => a - b))}::bigint[]) as who(id)
    on conflict do nothing returning member_id as "memberId"`);
  for (const { memberId } of told) {
    await tx.execute(sql`
      insert into notifications (member_id, kind, group_key, topic_id, post_id, actor_id, actor_ids)
      values (${memberId}::bigint, 'decision', ${`decision:${themeId}:${state}`}, ${topicId}, ${postId}::bigint, ${actor.id}, array[${actor.id}::bigint]) on conflict do nothing`);
    await record(tx, { type: "notification.changed", memberId: Number(memberId) });
    await enqueue(tx, mailDecision, { themeId, state, memberId: Number(memberId) }, { key: `${themeId}:${state}:${memberId}` });
  }
}

/** What was decided in the words of the house, and the reason in those of whoever decided. */
function noteOf(state: ThemeState, reason: string): string {
  const sentence = translate("en", `insights.note_${state as "accepted" | "planned" | "shipped" | "declined"}`);
  return reason ? `**${sentence}**\n\n${reason}` : `**${sentence}**`;
}

const sourceTopics = (themeId: number) => sql`select topic_id from statements s where ${behindTheme(themeId)}`;

const askers = (themeId: number, where: ReturnType<typeof sql>) => sql`
  select author_id as "memberId", author_id as member_id from statements s where ${behindTheme(themeId)} and ${where}
  union
  select a.member_id, a.member_id from statements s cross join lateral ${agreeing} a where ${behindTheme(themeId)} and ${where}`;
