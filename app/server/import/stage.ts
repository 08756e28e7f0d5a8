import { sql } from "drizzle-orm";
import { readBatches, type Dump } from "./dump.ts";
import { rowsOf } from "./sql.ts";

// The dump's files are each in an order of their own. They are laid down in temporary tables first, so that Postgres
// puts them together and the memory of this process holds a few hundred rows at a time, whatever the dump's size.

const QUESTION = 1;
const ANSWER = 2;
const TAG_EXCERPT = 4;

const VOTES: Record<number, string> = {
  3: "a vote against: it is in the score that came with the post", 4: "an offensive flag", 5: "a favourite", 6: "a vote to close", 7: "a vote to reopen", 8: "a bounty begun",
  9: "a bounty given", 10: "a vote to delete", 11: "a vote to undelete", 12: "a spam flag", 15: "a request to moderators", 16: "an approved edit",
};
const HISTORY: Record<number, string> = {
  3: "first tags: the present ones are kept", 6: "a change of tags", 9: "tags taken back", 11: "reopened", 12: "deleted", 13: "undeleted", 14: "locked", 15: "unlocked",
  16: "made community wiki", 19: "protected", 20: "unprotected", 24: "an edit suggested and approved: the edit itself is kept", 25: "tweeted", 35: "moved away", 36: "moved here",
  37: "merged away", 38: "merged in", 50: "brought up by the system", 52: "became a hot question", 53: "stopped being one",
};
const POST_TYPES: Record<number, string> = { 3: "an old wiki page", 5: "a tag's long description", 6: "a moderator's nomination", 7: "a placeholder", 8: "a privilege wiki" };

export async function createStage({ db }: Dump): Promise<void> {
  await db.execute(sql`
    create temp table staged_posts (
      kind text, external_id text, line int, parent text, at timestamptz, author text, author_name text, body text, title text, tags text,
      accepted text, closed_at timestamptz, score int,
      topic text, topic_id bigint, number int, local_id bigint, reply_to int, primary key (kind, external_id))`);
  await db.execute(sql`
    create temp table staged_history (
      external_id text primary key, post text, guid text, at timestamptz, author text, author_name text, body text, title text, reason text, closed_because text)`);
  await db.execute(sql`create temp table staged_votes (post text primary key, votes int, accepted_at timestamptz)`);
  await db.execute(sql`create temp table staged_tag_excerpts (post text primary key, body text)`);
}

export async function stagePosts(dump: Dump): Promise<void> {
  const { db, report } = dump;
  for await (const batch of readBatches(dump, "Posts", "Posts")) {
    const excerpts = batch.filter((row) => row.PostTypeId === TAG_EXCERPT).map((row) => ({ post: row.Id, body: row.Body }));
    await db.execute(sql`insert into staged_tag_excerpts select * from ${rowsOf(excerpts, "post text, body text")} given on conflict do nothing`);
    const rows = batch.flatMap((row) => {
      if (row.PostTypeId === TAG_EXCERPT) return [];
      if (row.PostTypeId !== QUESTION && row.PostTypeId !== ANSWER) return report.drop("a post", POST_TYPES[row.PostTypeId] ?? `of the unknown type ${row.PostTypeId}`, row.Id) ?? [];
      if (row.DeletionDate) return report.drop("a post", "it was deleted where it came from", row.Id) ?? [];
      const isQuestion = row.PostTypeId === QUESTION;
      if (isQuestion && !row.Title.trim()) return report.skip("Posts.xml", row.line, row.Id, "Title is missing") ?? [];
      return [{
        kind: isQuestion ? "question" : "answer", external_id: row.Id, line: row.line, parent: row.ParentId, at: row.CreationDate, author: row.OwnerUserId,
        author_name: row.OwnerDisplayName || undefined, body: row.Body, title: row.Title, tags: row.Tags, accepted: row.AcceptedAnswerId, closed_at: row.ClosedDate, score: row.Score,
      }];
    });
    await addPosts(dump, "Posts.xml", rows);
  }
}

export async function stageComments(dump: Dump): Promise<void> {
  for await (const batch of readBatches(dump, "Comments", "Comments")) {
    await addPosts(dump, "Comments.xml", batch.map((row) => ({
      kind: "comment", external_id: row.Id, line: row.line, parent: row.PostId, at: row.CreationDate, author: row.UserId,
      author_name: row.UserDisplayName || undefined, body: row.Text, score: row.Score,
    })));
  }
}

/** A link to a duplicate becomes a line in the topic, said by nobody: the site's own account stands under it. */
export async function stageDuplicateLinks(dump: Dump): Promise<void> {
  for await (const batch of readBatches(dump, "PostLinks", "Links")) {
    const rows = batch.flatMap((row) => {
      if (row.LinkTypeId !== 3) return dump.report.drop("a link between posts", "it stands in the text already", row.Id) ?? [];
      return [{ kind: "note", external_id: row.Id, line: row.line, parent: row.PostId, at: row.CreationDate, author: "-1", body: row.RelatedPostId, score: 0 }];
    });
    await addPosts(dump, "PostLinks.xml", rows);
  }
}

async function addPosts({ db, report }: Dump, file: string, rows: { external_id: string; line: number }[]): Promise<void> {
  const added = await db.execute<{ line: number }>(sql`
    insert into staged_posts (kind, external_id, line, parent, at, author, author_name, body, title, tags, accepted, closed_at, score)
    select * from ${rowsOf(rows, "kind text, external_id text, line int, parent text, at timestamptz, author text, author_name text, body text, title text, tags text, accepted text, closed_at timestamptz, score int")} given
    on conflict do nothing returning line`);
  if (added.length === rows.length) return;
  const kept = new Set(added.map(({ line }) => line));
  for (const row of rows) if (!kept.has(row.line)) report.skip(file, row.line, row.external_id, "another row has the same Id");
}

/** Texts and titles as they were, and why a topic was closed. */
export async function stageHistory(dump: Dump): Promise<void> {
  for await (const batch of readBatches(dump, "PostHistory", "Edit history")) {
    const rows = batch.flatMap((row) => {
      const type = row.PostHistoryTypeId;
      const isBody = [2, 5, 8].includes(type);
      const isTitle = [1, 4, 7].includes(type);
      if (!isBody && !isTitle && type !== 10) return dump.report.drop("an entry of the history", HISTORY[type] ?? `of the unknown type ${type}`, row.Id) ?? [];
      return [{
        external_id: row.Id, post: row.PostId, guid: row.RevisionGUID || row.Id, at: row.CreationDate, author: row.UserId, author_name: row.UserDisplayName || undefined,
        body: isBody ? row.Text : undefined, title: isTitle ? row.Text : undefined, reason: isBody || isTitle ? row.Comment.slice(0, 500) : undefined, closed_because: type === 10 ? row.Comment : undefined,
      }];
    });
    await dump.db.execute(sql`
      insert into staged_history (external_id, post, guid, at, author, author_name, body, title, reason, closed_because)
      select * from ${rowsOf(rows, "external_id text, post text, guid text, at timestamptz, author text, author_name text, body text, title text, reason text, closed_because text")} given
      on conflict do nothing`);
  }
}

/** Votes for are counted by post; of a vote that accepts, the day is kept. */
export async function stageVotes(dump: Dump): Promise<void> {
  for await (const batch of readBatches(dump, "Votes", "Votes")) {
    for (const row of batch) if (row.VoteTypeId > 2) dump.report.drop("a vote", VOTES[row.VoteTypeId] ?? `of the unknown type ${row.VoteTypeId}`, row.Id);
    const rows = batch.filter((row) => row.VoteTypeId <= 2).map((row) => ({ post: row.PostId, type: row.VoteTypeId, at: row.CreationDate }));
    await dump.db.execute(sql`
      insert into staged_votes select post, count(*) filter (where type = 2), min(at) filter (where type = 1) from ${rowsOf(rows, "post text, type int, at timestamptz")} given group by post
      on conflict (post) do update set votes = staged_votes.votes + excluded.votes, accepted_at = least(staged_votes.accepted_at, excluded.accepted_at)`);
  }
}

/** Finds the topic of everything. What has none, because the dump does not hold what it belongs to, is named and dropped. */
export async function settleStage(dump: Dump): Promise<void> {
  const { db, report } = dump;
  const orphans = (rows: Iterable<{ kind: string; id: string; line: number; parent: string }>) => {
    const files: Record<string, string> = { answer: "Posts.xml", comment: "Comments.xml", note: "PostLinks.xml" };
    for (const { kind, id, line, parent } of rows) report.skip(files[kind]!, line, id, `it belongs to post ${parent}, which is not in the dump`);
  };
  const gone = sql`returning kind, external_id as id, line, parent`;
  await db.execute(sql`update staged_posts set topic = external_id where kind = 'question'`);
  await db.execute(sql`update staged_posts one set topic = question.external_id from staged_posts question where one.kind in ('answer', 'note') and question.kind = 'question' and question.external_id = one.parent`);
  orphans(await db.execute(sql`delete from staged_posts where kind in ('answer', 'note') and topic is null ${gone}`));
  await db.execute(sql`update staged_posts one set topic = post.topic from staged_posts post where one.kind = 'comment' and post.kind in ('question', 'answer') and post.external_id = one.parent`);
  orphans(await db.execute(sql`delete from staged_posts where kind = 'comment' and topic is null ${gone}`));
  orphans(await db.execute(sql`delete from staged_posts note where kind = 'note' and not exists (select from staged_posts question where question.kind = 'question' and question.external_id = note.body) ${gone}`));
  await db.execute(sql`create index on staged_history (post)`);
  await db.execute(sql`create index on staged_posts (topic)`);
  await db.execute(sql`create index on staged_posts (external_id)`);
  await db.execute(sql`analyze staged_posts`);
}
