import { z } from "zod";
import { defineLoader } from "#app/core/http.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { db } from "#db/client.ts";
import { topicParams } from "../inputs.ts";
import { PAGE_SIZE, readPosts } from "../topic-page.ts";
import { shownTopic } from "../topic-page-data.ts";
import { accessTopic } from "../topics.ts";

const stretch = z.object({ from: z.coerce.number().int().min(1).max(2 ** 31 - 1), to: z.coerce.number().int().min(1).max(2 ** 31 - 1).optional(), as: z.literal("json").optional() });

/** A stretch of a topic's posts, at most a page of them, for pages that grow (`?from=21&to=40`) or freshen (`&as=json`, which a lost network may fail). */
export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { topicId }, request }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const parsed = stretch.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) throw new NotFoundError("posts");
  const first = parsed.data.from;
  const last = Math.min(parsed.data.to ?? first + PAGE_SIZE - 1, first + PAGE_SIZE - 1);
  const found = { first, last: Math.min(last, topic.lastPostNumber), version: topic.version, lastPostNumber: topic.lastPostNumber, posts: await readPosts(db, viewer, topic, { first, last }) };
  // With what its heading says: that it was closed, say, and why.
  return parsed.data.as ? Response.json({ ...found, topic: shownTopic(topic) }, { headers: { "Cache-Control": "private, no-store" } }) : found;
});
