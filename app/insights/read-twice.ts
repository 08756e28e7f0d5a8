import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob } from "#app/core/jobs.ts";
import { db } from "#db/client.ts";
import { activeModel, shippedModel } from "./active-model.ts";
import { readGlossary } from "./areas.ts";
import { refreshSoon } from "./count-later.ts";
import { embed } from "./encoder/encoder.ts";
import type { Glossary } from "./glossary.ts";
import { joinByMeaning, joinSaidIn } from "./join-by-meaning.ts";
import { readRun } from "./mine-everything.ts";
import { readerOf, readPosts, takeSecondReading, toMine, type PostRow } from "./mine-posts.ts";
import type { Model } from "./mining/model.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { canReadTwice, READ_TWICE, readTwiceSoon } from "./read-twice-soon.ts";
import { placesOf, statementsOfPost, textOfStatement } from "./statements-of-post.ts";
import { weighMeanings } from "./theme-meanings.ts";
import { lockMining } from "./theme-keeper.ts";

/** Posts read before their statements are stored: some seconds' work of the encoder. */
const BATCH = 40;
/** Then the job makes room for others and asks for itself again. */
const MOST_SECONDS = 20;

/**
 * Reads a second time, with the encoder, what the present reader has read once, the newest first: the first reading says
 * within seconds what a post says, the second says it better. The encoder works in a thread of its own and outside of any
 * transaction; what it says of a post that was written to meanwhile is not taken, and that post is read again.
 */
export const readTwice = defineJob({
  name: READ_TWICE,
  input: z.object({}),
  maxAttempts: 25,
  async run() {
    // A run asks for us at its end: the same posts are to make the same themes, however fast each of the two is.
    if (!canReadTwice(shippedModel()) || (await readRun(db))) return;
    for (const until = Date.now() + MOST_SECONDS * 1000; Date.now() < until; ) {
      // Themes are read when nothing else is left: what they mean is made of what has come together.
      if (!(await readNextTwice()) && !(await joinByMeaning()) && !(await weighMeanings())) return;
    }
    await readTwiceSoon(db);
  },
});

/** Answers whether there may be more. A stretch of which nothing could be taken ends it: whatever is written there asks anew. */
export async function readNextTwice(batch = BATCH): Promise<boolean> {
  const [model, glossary] = [(await activeModel(db))!, await readGlossary(db)];
  const reader = readerOf(model.facts.version, glossary);
  const ids = await db.execute<{ id: string }>(sql`select post_id as id from mined_posts where model_version = ${reader} order by post_id desc limit ${batch}`);
  if (ids.length === 0) return false;
  const ahead: ReadAhead = { reader, posts: new Map() };
  for (const post of await readPosts(db, ids.map(({ id }) => Number(id)))) if (post.isRead) ahead.posts.set(post.id, { version: post.version, mined: await minedTwice(post, model, glossary) });
  const taken = await db.transaction(async (tx) => {
    await lockMining(tx);
    const { posts, themeIds } = await takeSecondReading(tx, (await activeModel(tx))!, ahead);
    await refreshSoon(tx, themeIds);
    return posts > 0;
  });
  if (taken) await joinSaidIn(ids.map(({ id }) => Number(id)));
  return taken;
}

/** What a post says on a second reading. */
async function minedTwice(row: PostRow, model: Model, glossary: Glossary) {
  const post = toMine(row);
  // Nothing follows from what the company itself says, or from what is gone.
  if (row.isEmployee || row.isRemoved) return statementsOfPost(post, model, glossary);
  const texts = [...new Set(placesOf(post).map((place) => textOfStatement(post, place)))];
  const embeddings = await Promise.all(texts.map(async (text) => [text, await embed(text)] as const));
  return statementsOfPost(post, model, glossary, new Map(embeddings));
}
