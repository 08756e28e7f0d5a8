import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { recount } from "#app/forums/recount.ts";
import { db } from "#db/client.ts";
import { seedBlogs } from "#db/seed/blogs.ts";
import { readArticle } from "#db/seed/read-articles.ts";
import { readTalk, type SeedTopic } from "#db/seed/read-talk.ts";
import { seedBlogsAndArticles, type DemoArticles } from "./demo/seed-blogs.ts";
import { seedDoors } from "./demo/seed-doors.ts";
import { seedHandbook } from "./demo/seed-handbook.ts";
import { seedInsights } from "./demo/seed-insights.ts";
import { seedPeople } from "./demo/seed-people.ts";
import { seedPostingForms } from "./demo/seed-posting-forms.ts";
import { seedProfileQuestions } from "./demo/seed-profile-questions.ts";
import { seedPlaces } from "./demo/seed-places.ts";
import { seedInboxes, seedReading } from "./demo/seed-reading.ts";
import { seedTalk } from "./demo/seed-talk.ts";

const TALK = path.resolve("db/seed/talk");
const BLOGS = path.resolve("db/seed/blogs");

/**
 * Fills an empty community with the people and the talk of db/seed, dated back from `now`. Rows are written in bulk, so
 * no events are recorded: nobody is listening yet, and what would follow from them is written here too.
 */
export async function seedDemo(now = new Date()): Promise<void> {
  const talk = readDemoTalk(now);
  const members = await db.transaction(async (tx) => {
    const members = await seedPeople(tx, talk, now);
    const places = await seedPlaces(tx, members);
    const topics = await seedTalk(tx, talk, members, places);
    await seedBlogsAndArticles(tx, readDemoArticles(now), members, now);
    await recount(tx);
    await seedReading(tx, topics, members, now);
    await seedInboxes(tx, members, now);
    await seedProfileQuestions(tx, members);
    await seedDoors(tx, members, now);
    await seedPostingForms(tx, places);
    return members;
  });
  await seedHandbook(members, now);
  await seedInsights(now);
}

/** Every topic of the demo, as its files say. */
export function readDemoTalk(now: Date): SeedTopic[] {
  return readdirSync(TALK).sort().flatMap((file) => readTalk(readFileSync(path.join(TALK, file), "utf8"), now));
}

/** Every published article of the demo, by its blog. */
function readDemoArticles(now: Date): DemoArticles {
  return new Map(seedBlogs.map(({ slug }) => [slug, readdirSync(path.join(BLOGS, slug)).sort().map((file) => readArticle(readFileSync(path.join(BLOGS, slug, file), "utf8"), now))]));
}
