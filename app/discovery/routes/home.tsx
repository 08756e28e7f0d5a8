import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader } from "#app/core/http.ts";
import { topicPath } from "#app/forums/paths.ts";
import { listLatestTopics } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";

export const loader = defineLoader({ params: z.object({}) }, async ({ viewer }) => ({
  topics: await listLatestTopics(db, viewer),
}));

export default function HomePage() {
  const { topics } = useLoaderData<typeof loader>();
  return (
    <main>
      <h1>Latest topics</h1>
      <ul>
        {topics.map((topic) => (
          <li key={topic.id}>
            <a href={topicPath(topic)}>{topic.title}</a> ({topic.postCount})
          </li>
        ))}
      </ul>
    </main>
  );
}
