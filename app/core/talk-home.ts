import { sql, type SQL } from "drizzle-orm";
import { articlePath, commentPath, pagePath, topicPath } from "./knowledge-paths.ts";

/** What a topic is the talk about, as far as an address needs it; null for a topic of its own. */
export type TalkHome = { kind: "article" | "page"; id: number; slug: string; place: string } | null;

/** Read beside a row of `topics`, which must stand in the statement under its own name. Who sees the one sees the other: they lie in the same category. */
export const talkHome = talkHomeOf(sql`topics`);

/** The same where the row of `topics` goes by another name. */
export function talkHomeOf(topics: SQL) {
  return sql<TalkHome>`(case
  when ${topics}.article_id is not null then (select json_build_object('kind', 'article', 'id', about.id, 'slug', about.slug, 'place', blogs.slug) from articles about join blogs on blogs.id = about.blog_id where about.id = ${topics}.article_id)
  when ${topics}.page_id is not null then (select json_build_object('kind', 'page', 'id', about.id, 'slug', about.slug, 'place', wikis.slug) from pages about join wikis on wikis.id = about.wiki_id where about.id = ${topics}.page_id)
end)`;
}

/** Where a topic or one of its posts is read: talk about an article or a page is read there, and its opening post only says so. */
export function pathInTalk(topic: { id: number; slug: string }, home: TalkHome, postNumber: number | null = null): string {
  if (!home) return topicPath(topic, postNumber ?? undefined);
  const { kind, id, slug, place } = home;
  const subject = kind === "article" ? articlePath({ blog: place, slug, id }) : pagePath({ wiki: place, slug, id });
  return postNumber && postNumber > 1 ? commentPath(subject, postNumber) : subject;
}
