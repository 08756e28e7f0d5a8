import { sql } from "drizzle-orm";
import { topicSlug } from "#app/forums/topics.ts";
import { topics, type IdeaStatus } from "#db/schema/forums.ts";
import { importLinks } from "#db/schema/imports.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import type { Dump } from "./dump.ts";
import type { CategoryIds } from "./import-places.ts";
import { memberIdOf } from "./member-id.ts";

type Question = { id: string; at: string; title: string; tags: string; authorId: string; isAnswered: boolean; closedAt: string | null; closedBecause: string | null; votes: number };

const AT_ONCE = 500;

/** Why it was closed, by the site's own numbers: three digits since 2013, one or two before. */
const CLOSED: Record<string, string> = {
  1: "a duplicate", 2: "off topic", 3: "subjective and argumentative", 4: "not a real question", 7: "too localized", 10: "noise or pointless", 20: "general reference",
  101: "a duplicate", 102: "off topic", 103: "unclear what was asked", 104: "too broad", 105: "a matter of opinion",
};

/**
 * What a topic asks of its readers, by its tags. A site about itself tags what is talk; elsewhere everything is a question.
 * A discussion in which an answer was accepted was a question: nothing else can show the answer.
 */
export function kindOf({ tags, isAnswered }: Pick<Question, "tags" | "isAnswered">): TopicKind {
  const names = tags.split(/[<>|]+/);
  if (names.includes("feature-request")) return "idea";
  if (names.includes("discussion") && !isAnswered && !names.includes("bug") && !names.includes("support")) return "discussion";
  return "question";
}

function ideaStatusOf({ tags }: Pick<Question, "tags">): IdeaStatus {
  const names = tags.split(/[<>|]+/);
  if (names.includes("status-completed")) return "shipped";
  if (names.includes("status-planned")) return "planned";
  if (names.includes("status-declined") || names.includes("status-bydesign") || names.includes("status-norepro")) return "declined";
  return names.includes("status-review") || names.includes("status-deferred") ? "under_review" : "open";
}

export async function listKinds({ db }: Dump): Promise<TopicKind[]> {
  const rows = await db.execute<Question>(sql`select distinct tags, accepted is not null as "isAnswered" from staged_posts where kind = 'question'`);
  return [...new Set(rows.map(kindOf))];
}

/** Topics that are not here yet, the oldest first. Their posts follow; their counters come at the end. */
export async function importTopics(dump: Dump, categoryIds: CategoryIds): Promise<void> {
  const { db, source, report } = dump;
  const takeKnown = () => db.execute(sql`
    update staged_posts set topic_id = import_links.local_id from import_links
    where source = ${source} and import_links.kind = 'topic' and import_links.external_id = staged_posts.topic and topic_id is null`);
  await takeKnown();
  for (;;) {
    const batch = await db.execute<Question>(sql`
      select external_id as id, at, title, coalesce(tags, '') as tags, ${memberIdOf(source)} as "authorId", accepted is not null as "isAnswered", closed_at as "closedAt",
        (select closed_because from staged_history where post = external_id and closed_because is not null order by at desc limit 1) as "closedBecause",
        coalesce((select votes from staged_votes where post = external_id), 0) as votes
      from staged_posts where kind = 'question' and topic_id is null order by at, external_id limit ${AT_ONCE}`);
    if (batch.length === 0) return;
    await db.transaction(async (tx) => {
      const rows = await tx.insert(topics).values(batch.map((one) => topicRow(one, categoryIds))).returning({ id: topics.id });
      await tx.insert(importLinks).values(rows.map(({ id }, at) => ({ source, kind: "topic", externalId: batch[at]!.id, localId: id })));
    });
    report.add("topics", batch.length);
    await takeKnown();
  }
}

function topicRow(question: Question, categoryIds: CategoryIds) {
  const at = new Date(question.at);
  const kind = kindOf(question);
  const title = Array.from(question.title.replace(/\s+/g, " ").trim()).slice(0, 200).join("");
  return {
    categoryId: categoryIds.get(kind)!, authorId: Number(question.authorId), kind, title, slug: topicSlug(title),
    importedVotes: question.votes, ideaStatus: kind === "idea" ? ideaStatusOf(question) : undefined,
    lockedAt: question.closedAt ? new Date(question.closedAt) : null,
    lockedReason: question.closedAt ? `Closed where it came from${CLOSED[question.closedBecause ?? ""] ? `: ${CLOSED[question.closedBecause!]}` : ""}.` : undefined,
    createdAt: at, lastPostAt: at,
  };
}
