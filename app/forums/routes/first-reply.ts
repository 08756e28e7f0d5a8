import { redirect } from "@remix-run/node";
import { and, asc, eq, gt } from "drizzle-orm";
import { defineLoader } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { posts } from "#db/schema/forums.ts";
import { postParams } from "../inputs.ts";
import { homeOfPost } from "../talk-subject.ts";
import { accessTopic } from "../topics.ts";

/** Where a post's count of replies leads: to the first of them. */
export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const [reply] = await db
    .select({ number: posts.number })
    .from(posts)
    .where(and(eq(posts.topicId, topic.id), gt(posts.number, postNumber), eq(posts.replyToNumber, postNumber)))
    .orderBy(asc(posts.number))
    .limit(1);
  throw redirect(await homeOfPost(db, topic, reply?.number ?? postNumber));
});
