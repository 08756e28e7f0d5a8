import { sql } from "drizzle-orm";
import { posts } from "#db/schema/forums.ts";

/** Where a post that came with an import was first said, and the licence that asks us to say so. */
export type Origin = { href: string; site: string; licence: string };

/** A column for a query of posts: what `originOf` reads. Null for what was written here. */
// That there are any at all is looked up once, not for each post.
export const originColumn = sql<string | null>`case when (select exists (select from import_links)) then (
  select links.source || ' ' || links.kind || ' ' || links.external_id from import_links links
  where links.local_id = ${posts.id} and links.kind in ('post', 'comment') limit 1) end`;

/** Stack Exchange's licence rose twice; what was written before keeps the one of its day. */
const LICENCES = [
  { until: new Date("2011-04-08"), licence: "CC BY-SA 2.5" },
  { until: new Date("2018-05-02"), licence: "CC BY-SA 3.0" },
];

export function originOf(text: string | null, writtenAt: Date): Origin | null {
  const [, site, kind, id] = /^stackexchange:([a-z0-9.-]+) (post|comment) (\d+)$/.exec(text ?? "") ?? [];
  if (!site) return null;
  const licence = LICENCES.find(({ until }) => writtenAt < until)?.licence ?? "CC BY-SA 4.0";
  return { site, licence, href: kind === "comment" ? `https://${site}/posts/comments/${id}` : `https://${site}/a/${id}` };
}
