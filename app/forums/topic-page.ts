import { and, asc, between, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { isModeratorOf, type Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { members, type SpeakerLabel } from "#db/schema/accounts.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { posts, type ReactionKind } from "#db/schema/forums.ts";
import { eachOnce, listPagesMadeOf, type MadePage } from "./made-of.ts";
import { originColumn, originOf, type Origin } from "./origin.ts";
import type { AccessedTopic } from "./topics.ts";

/** How many post numbers a page spans. Numbers of removed posts keep their place, so that pages never shift. */
export const PAGE_SIZE = 20;

export type Person = { id: number; username: string; name: string; label: SpeakerLabel | null; avatarFileId: number | null };

/** A post as its page shows it. */
export type PostView = {
  id: number;
  number: number;
  author: Person & { title: string };
  bodyHtml: string;
  createdAt: Date;
  editedAt: Date | null;
  revision: number;
  isStaffNote: boolean;
  replyTo: { number: number; username: string | null } | null;
  replyCount: number;
  reactions: Record<string, number>;
  importedScore: number;
  /** Of one that came with an import. */
  origin: Origin | null;
  /** Which of the reactions are the viewer's own. */
  mine: ReactionKind[];
  /** The pages of wikis made of it, as far as the viewer may see them. */
  madePages: MadePage[];
  /** For moderators, who see removed posts whole. */
  removal: { by: string | null; at: Date; reason: string } | null;
};

/** What others learn of a removed post: that there was one. Of an erased one all learn why, and nobody more. */
export type Tombstone = { number: number; isGone: true; canRestore: boolean; erased?: { at: Date; reason: string } };

/** The first number of the page that holds a post. */
export function pageStart(postNumber: number): number {
  return postNumber - ((postNumber - 1) % PAGE_SIZE);
}

/**
 * The posts with numbers from `first` to `last` of a topic the viewer has been given. It reads by number, so that
 * any stretch of the longest topic costs the same.
 */
export async function readPosts(on: Executor, viewer: Viewer, topic: AccessedTopic, { first, last }: { first: number; last: number }): Promise<(PostView | Tombstone)[]> {
  const viewerId = viewer.kind === "member" ? viewer.id : 0;
  const rows = await stretch(on, { viewerId, topicId: topic.id, first, last });
  const seesRemoved = isModeratorOf(viewer, topic.divisionId);
  const made = rows.some(({ isSource }) => isSource) ? await listPagesMadeOf(on, viewer, topic.id) : [];
  return rows.map((row) => {
    if (row.purgedAt) return { number: row.number, isGone: true, canRestore: false, erased: { at: row.purgedAt, reason: row.removedReason } };
    if (row.removedAt && !seesRemoved) return { number: row.number, isGone: true, canRestore: viewerId === row.authorId && row.removedById === viewerId };
    return {
      id: row.id, number: row.number, bodyHtml: row.bodyHtml, createdAt: row.createdAt, editedAt: row.editedAt, revision: row.revision,
      isStaffNote: row.isStaffNote, replyCount: row.replyCount, reactions: row.reactions, importedScore: row.importedScore, origin: originOf(row.origin, row.createdAt), mine: row.mine,
      author: { id: row.authorId, username: row.username, name: row.name, label: row.label, avatarFileId: row.avatarFileId, title: row.title },
      madePages: row.isSource ? eachOnce(made.filter(({ postId }) => postId === row.id)) : [],
      replyTo: row.replyToNumber ? { number: row.replyToNumber, username: row.parentName } : null,
      removal: row.removedAt && { by: row.removedBy, at: row.removedAt, reason: row.removedReason },
    };
  });
}

const stretch = prepared(() => {
  const parent = alias(posts, "parent");
  const parentAuthor = alias(members, "parent_author");
  const remover = alias(members, "remover");
  return db
    .select({
      id: posts.id, number: posts.number, bodyHtml: posts.bodyHtml, createdAt: posts.createdAt, editedAt: posts.editedAt,
      revision: posts.revision, isStaffNote: posts.isStaffNote, replyCount: posts.replyCount, reactions: posts.reactionCounts,
      importedScore: posts.importedScore, origin: originColumn, replyToNumber: posts.replyToNumber, removedAt: posts.removedAt, removedById: posts.removedById, purgedAt: posts.purgedAt,
      removedReason: posts.removedReason, removedBy: remover.username,
      parentName: sql<string | null>`case when num_nonnulls(${parent.removedAt}, ${parent.purgedAt}) = 0 then ${parentAuthor.username} end`,
      // Looked for where there are any: most posts have none.
      mine: sql<ReactionKind[]>`case when ${posts.reactionCounts} = '{}' then '{}' else array(select r.kind::text from reactions r where r.post_id = ${posts.id} and r.member_id = ${sql.placeholder("viewerId")}::bigint) end`,
      // Asked once for all of them: few topics have any.
      isSource: sql<boolean>`${posts.id} = any (array(select s.post_id from page_sources s where s.topic_id = ${sql.placeholder("topicId")}::bigint))`,
      authorId: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId, title: members.title,
    })
    .from(posts)
    .innerJoin(members, eq(members.id, posts.authorId))
    .leftJoin(parent, and(eq(parent.topicId, posts.topicId), eq(parent.number, posts.replyToNumber)))
    .leftJoin(parentAuthor, eq(parentAuthor.id, parent.authorId))
    .leftJoin(remover, eq(remover.id, posts.removedById))
    .where(and(eq(posts.topicId, sql.placeholder("topicId")), between(posts.number, sql.placeholder("first"), sql.placeholder("last"))))
    .orderBy(asc(posts.number));
});

/** Where it stands, what it is tagged, who takes part, and how this viewer stands to it, in one question to the database. */
export async function readTopicFacts(on: Executor, viewer: Viewer, topic: AccessedTopic) {
  const viewerId = viewer.kind === "member" ? viewer.id : 0;
  const [row] = await topicFacts(on, { viewerId, topicId: topic.id, categoryId: topic.categoryId, participantIds: topic.participantIds });
  return row!;
}

const topicFacts = prepared(() =>
  db
    .select({
      category: { id: categories.id, slug: categories.slug, name: categories.name, colour: categories.colour, icon: categories.icon },
      division: { slug: divisions.slug, name: divisions.name, accent: divisions.accent },
      tags: sql<{ slug: string; name: string }[]>`coalesce((select json_agg(json_build_object('slug', t.slug, 'name', t.name) order by t.slug) from topic_tags tt join tags t on t.id = tt.tag_id where tt.topic_id = ${sql.placeholder("topicId")}::bigint), '[]')`,
      participants: sql<Person[]>`coalesce((select json_agg(json_build_object('id', m.id, 'username', m.username, 'name', m.name, 'label', m.label, 'avatarFileId', m.avatar_file_id) order by array_position(${sql.placeholder("participantIds")}::bigint[], m.id)) from members m where m.id = any(${sql.placeholder("participantIds")}::bigint[])), '[]')`,
      hasVoted: sql<boolean>`exists (select from topic_votes v where v.topic_id = ${sql.placeholder("topicId")}::bigint and v.member_id = ${sql.placeholder("viewerId")}::bigint)`,
      isSource: sql<boolean>`exists (select from page_sources s where s.topic_id = ${sql.placeholder("topicId")}::bigint)`,
      lastReadNumber: sql<number | null>`(select r.last_read_number from topic_reads r where r.topic_id = ${sql.placeholder("topicId")}::bigint and r.member_id = ${sql.placeholder("viewerId")}::bigint)`,
    })
    .from(categories)
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(eq(categories.id, sql.placeholder("categoryId"))),
);

/** The accepted answer with who accepted it, for the card under its question. */
export async function readAcceptedAnswer(on: Executor, topic: AccessedTopic) {
  if (topic.kind !== "question" || topic.acceptedPostId === null) return null;
  const [row] = await acceptedAnswer(on, { acceptedPostId: topic.acceptedPostId, acceptedById: topic.acceptedById });
  return row ? { ...row, acceptedAt: topic.acceptedAt } : null;
}

const acceptedAnswer = prepared(() => {
  const accepter = alias(members, "accepter");
  return db
    .select({
      number: posts.number, bodyHtml: posts.bodyHtml, createdAt: posts.createdAt,
      author: { id: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId },
      acceptedBy: accepter.name, acceptedByUsername: accepter.username,
    })
    .from(posts)
    .innerJoin(members, eq(members.id, posts.authorId))
    .leftJoin(accepter, eq(accepter.id, sql.placeholder("acceptedById")))
    .where(and(eq(posts.id, sql.placeholder("acceptedPostId")), isNull(posts.removedAt)));
});

/** When the posts at six places along a topic were written, for its timeline. */
export async function readTimeline(on: Executor, topic: AccessedTopic): Promise<{ number: number; at: Date }[]> {
  const last = topic.lastPostNumber;
  if (last <= PAGE_SIZE) return [];
  const numbers = [...new Set([0, 1, 2, 3, 4, 5].map((step) => pageStart(1 + Math.round(((last - 1) * step) / 5))))];
  return datesOf(on, { topicId: topic.id, numbers });
}

const datesOf = prepared(() =>
  db
    .select({ number: posts.number, at: posts.createdAt })
    .from(posts)
    .where(and(eq(posts.topicId, sql.placeholder("topicId")), sql`${posts.number} = any(${sql.placeholder("numbers")}::int[])`))
    .orderBy(asc(posts.number)),
);
