import { topicSlug } from "#app/forums/topics.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { mentionsIn } from "#app/core/rich-text.ts";
import type { Tx } from "#db/client.ts";
import { postMentions, postRevisions, posts, reactions, tags, topics, topicTags, topicVotes, type Post, type Topic } from "#db/schema/forums.ts";
import type { SeedPost, SeedTopic } from "#db/seed/read-talk.ts";
import { eq } from "drizzle-orm";
import { pickCrowd } from "./crowd.ts";
import { documentOf } from "./document.ts";
import { insertAll } from "./insert.ts";
import type { Members } from "./seed-people.ts";
import type { Places } from "./seed-places.ts";

export type SeededTopic = { seed: SeedTopic; topic: Topic; posts: Post[] };
type Said = { seed: SeedPost; topic: Topic; of: SeededTopic; number: number };

/** Writes all topics and posts, the oldest first, so that numbers rise with time. Counters are left to `recount`. */
export async function seedTalk(tx: Tx, talk: SeedTopic[], members: Members, places: Places): Promise<SeededTopic[]> {
  const inOrder = talk.toSorted((a, b) => a.posts[0]!.at.getTime() - b.posts[0]!.at.getTime());
  const rows = await insertAll(tx, topics, inOrder.map((topic) => topicRow(topic, members, places)));
  const seeded = rows.map((topic, at): SeededTopic => ({ seed: inOrder[at]!, topic, posts: [] }));

  const said = seeded
    .flatMap((of) => of.seed.posts.map((seed, at): Said => ({ seed, topic: of.topic, of, number: at + 1 })))
    .toSorted((a, b) => a.seed.at.getTime() - b.seed.at.getTime());
  const written = await insertAll(tx, posts, said.map((post) => postRow(post, members)));
  for (const [at, row] of written.entries()) said[at]!.of.posts.push(row);

  await insertAll(tx, postRevisions, said.flatMap((post, at) => revisionRows(post, written[at]!)));
  await insertAll(tx, postMentions, written.flatMap((post) => mentionRows(post, members)));
  await insertAll(tx, reactions, said.flatMap((post, at) => reactionRows(post, written[at]!, members)));
  await insertAll(tx, topicVotes, seeded.flatMap((one) => voteRows(one, members)));
  await seedTags(tx, seeded);
  await acceptAnswers(tx, seeded);
  return seeded;
}

function topicRow(seed: SeedTopic, members: Members, places: Places) {
  const opening = seed.posts[0]!;
  const last = seed.posts.at(-1)!.at;
  const moderator = members.get("max")!.id;
  return {
    categoryId: needed(places.get(`${seed.division}/${seed.category}`), `place ${seed.division}/${seed.category}`),
    authorId: authorOf(opening, members),
    kind: seed.kind, title: seed.title, slug: topicSlug(seed.title),
    ideaStatus: seed.status, ideaStatusReason: seed.statusReason,
    pinScope: seed.pin, bannerAt: seed.isBanner ? opening.at : null,
    lockedAt: seed.lockedReason === undefined ? null : last, lockedReason: seed.lockedReason,
    ...(seed.removedReason === undefined ? {} : { removedAt: last, removedById: moderator, removedReason: seed.removedReason }),
    createdAt: opening.at, lastPostAt: last, version: seed.posts.length,
  };
}

function postRow({ seed, topic, number }: Said, members: Members) {
  return {
    topicId: topic.id, number, authorId: authorOf(seed, members), replyToNumber: seed.replyTo, ...renderedBody(documentOf(seed.body)),
    isStaffNote: seed.isNote, createdAt: seed.at,
    ...(seed.before ? { revision: 2, editedAt: seed.before.editedAt } : {}),
    ...(seed.removedReason === undefined ? {} : { removedAt: seed.at, removedById: members.get("max")!.id, removedReason: seed.removedReason }),
  };
}

/** What it said before its edit, with who changed it, when and why. */
function revisionRows({ seed, topic, number }: Said, post: Post) {
  if (!seed.before) return [];
  const { body, bodyText } = renderedBody(documentOf(seed.before.body));
  const title = number === 1 ? topic.title : null;
  return [{ postId: post.id, revision: 1, title, body, bodyText, editorId: post.authorId, reason: seed.before.reason, createdAt: seed.before.editedAt }];
}

function mentionRows(post: Post, members: Members) {
  return [...new Set(mentionsIn(post.body))].flatMap((username) => (members.has(username) ? [{ postId: post.id, memberId: members.get(username)!.id }] : []));
}

function reactionRows({ seed, topic }: Said, post: Post, members: Members) {
  return Object.entries(seed.reactions).flatMap(([kind, crowd]) =>
    pickCrowd(crowd, members, { seed: `${topic.title}:${post.number}:${kind}`, not: seed.author, by: seed.at }).map(({ id }) => ({
      postId: post.id, memberId: id, kind: kind as keyof SeedPost["reactions"], createdAt: seed.at,
    })),
  );
}

function voteRows({ seed, topic }: SeededTopic, members: Members) {
  const { author, at } = seed.posts[0]!;
  const last = seed.posts.at(-1)!.at;
  return pickCrowd(seed.votes, members, { seed: topic.title, not: author, by: last }).map(({ id }) => ({ topicId: topic.id, memberId: id, createdAt: at }));
}

async function seedTags(tx: Tx, seeded: SeededTopic[]): Promise<void> {
  const names = [...new Set(seeded.flatMap(({ seed }) => seed.tags))];
  const ids = new Map((await insertAll(tx, tags, names.map((name) => ({ slug: name, name })))).map(({ slug, id }) => [slug, id]));
  await insertAll(tx, topicTags, seeded.flatMap(({ seed, topic }) => seed.tags.map((tag) => ({ topicId: topic.id, tagId: ids.get(tag)! }))));
}

async function acceptAnswers(tx: Tx, seeded: SeededTopic[]): Promise<void> {
  for (const { seed, topic, posts: written } of seeded) {
    const answer = written.find((post) => seed.posts[post.number - 1]!.isAccepted);
    if (!answer) continue;
    const acceptedAt = new Date(answer.createdAt.getTime() + 1_800_000);
    await tx.update(topics).set({ acceptedPostId: answer.id, acceptedById: topic.authorId, acceptedAt }).where(eq(topics.id, topic.id));
  }
}

function authorOf(post: SeedPost, members: Members): number {
  return needed(members.get(post.author), `member ${post.author}`).id;
}

function needed<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new Error(`The demo names an unknown ${what}`);
  return thing;
}
