import { pgEnum } from "drizzle-orm/pg-core";

/** What a topic asks of its readers: talk, an answer, a vote, or only to be read. */
export const topicKind = pgEnum("topic_kind", ["discussion", "question", "idea", "announcement"]);
export type TopicKind = (typeof topicKind.enumValues)[number];
