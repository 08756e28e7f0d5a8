import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineLoader } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { topicParams } from "../inputs.ts";
import { topicPath } from "../paths.ts";
import { accessTopic } from "../topics.ts";

const wanted = z.coerce.number().int().min(1);

/** Where "go to post" leads: to the nearest number that there is. */
export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { topicId }, request }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const number = wanted.catch(1).parse(new URL(request.url).searchParams.get("to"));
  throw redirect(topicPath(topic, Math.max(1, Math.min(number, topic.lastPostNumber))));
});
