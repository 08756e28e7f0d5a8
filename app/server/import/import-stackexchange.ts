import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { existsSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { record } from "#app/core/events.ts";
import { recount } from "#app/forums/recount.ts";
import * as schema from "#db/schema/index.ts";
import { createStage, stageComments, stageDuplicateLinks, stageHistory, stagePosts, stageVotes, settleStage } from "./stage.ts";
import { hostOf, NoDumpError, type Dump } from "./dump.ts";
import { importBadges } from "./import-badges.ts";
import { importMembers, importMissingAuthors } from "./import-members.ts";
import { importPlaces } from "./import-places.ts";
import { importPosts, numberPosts } from "./import-posts.ts";
import { importTags, importTopicTags } from "./import-tags.ts";
import { importTopics, listKinds } from "./import-topics.ts";
import { noProgress, type Progress } from "./progress.ts";
import { startReport, type ImportResult } from "./report.ts";

/**
 * Brings a Stack Exchange data dump into a division of its own. It can be run again: what is here already is known by
 * import_links and left alone, so that a run that was cut short goes on, and a newer dump adds what is new in it.
 *
 * @throws NoDumpError when the folder holds no Posts.xml and Users.xml
 */
export async function importStackExchange(databaseUrl: string, { folder, division, progress = noProgress }: { folder: string; division?: string; progress?: Progress }): Promise<ImportResult> {
  for (const file of ["Posts.xml", "Users.xml"]) {
    if (!existsSync(path.join(folder, file))) throw new NoDumpError(`There is no ${file} in ${folder}.`);
  }
  const host = hostOf(folder);
  const client = postgres(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  const db = drizzle({ client, schema, casing: "snake_case" });
  const source = `stackexchange:${host}`;
  const report = startReport(source, folder);
  try {
    // Two at once would each not see what the other brings.
    await db.execute(sql`select pg_advisory_lock(hashtext('wellspring.import'))`);
    const dump: Dump = { folder, host, source, divisionSlug: division ?? host.replace(/\.stackexchange\.com$/, "").replaceAll(".", "-"), db, report, progress };
    await importAll(dump);
    return report.result();
  } finally {
    progress.end();
    await client.end();
  }
}

async function importAll(dump: Dump): Promise<void> {
  await createStage(dump);
  await importMembers(dump);
  await stagePosts(dump);
  await stageComments(dump);
  await stageHistory(dump);
  await stageVotes(dump);
  await stageDuplicateLinks(dump);
  await settleStage(dump);
  await importMissingAuthors(dump);
  await importTags(dump);
  await importTopics(dump, await importPlaces(dump, await listKinds(dump)));
  await numberPosts(dump);
  await importPosts(dump);
  await importTopicTags(dump);
  await importBadges(dump);
  await finish(dump);
}

/** Accepted answers, votes and scores of today, and every counter, in one step. */
async function finish({ db, report, progress }: Dump): Promise<void> {
  progress.step("Counting", 0);
  await db.transaction(async (tx) => {
    const accepted = await tx.execute(sql`
      update topics set accepted_post_id = answer.local_id, accepted_by_id = topics.author_id,
        accepted_at = greatest(coalesce((select accepted_at from staged_votes where post = answer.external_id), answer.at), answer.at)
      from staged_posts question join staged_posts answer on answer.kind = 'answer' and answer.external_id = question.accepted and answer.topic = question.topic
      where question.kind = 'question' and topics.id = question.topic_id and topics.accepted_post_id is null returning 1`);
    if (accepted.length > 0) report.add("accepted answers", accepted.length);
    const lost = await tx.execute<{ id: string }>(sql`
      select external_id as id from staged_posts question where kind = 'question' and accepted is not null
        and not exists (select from staged_posts answer where answer.kind = 'answer' and answer.external_id = question.accepted and answer.topic = question.topic)`);
    for (const { id } of lost) report.drop("the mark of an accepted answer", "the answer is not in the dump", id);
    const voted = await tx.execute<{ votes: number }>(sql`
      update topics set imported_votes = staged_votes.votes from staged_posts question join staged_votes on staged_votes.post = question.external_id
      where question.kind = 'question' and topics.id = question.topic_id and topics.imported_votes <> staged_votes.votes returning 1`);
    const scored = await tx.execute(sql`
      update posts set imported_score = staged.score from staged_posts staged where staged.local_id = posts.id and posts.imported_score <> staged.score returning 1`);
    if (voted.length + scored.length > 0) report.add("scores brought up to date", voted.length + scored.length);
    await recount(tx);
    await record(tx, { type: "places.changed" });
  });
  await db.execute(sql`analyze`);
}
