import path from "node:path";
import { sql } from "drizzle-orm";
import { readMember } from "#app/core/session.ts";
import { ensureWiki } from "#app/wikis/files/ensure-wiki.ts";
import { importPages } from "#app/wikis/files/import-pages.ts";
import { readFolder } from "#app/wikis/files/read-folder.ts";
import { db } from "#db/client.ts";
import type { Members } from "./seed-people.ts";

const HANDBOOK = path.resolve("db/seed/handbook");

/** Pages that began in the forums: the title of each, and of the topic whose question and answer it was made from. */
const MADE_FROM = [
  ["Modbus register map", "Modbus register map in the manual doesn't match firmware 4.3"],
  ["What is normal: frost, thumps, steam", "A thump every 50 minutes on damp days"],
  ["Reading the app: made, used, sold, bought", "The app says I made 14 kWh but the bill says I bought 9. Who is right?"],
] as const;

/** The community's handbook with all that was changed in it, by the reader that reads everybody's files. */
export async function seedHandbook(members: Members, now: Date): Promise<void> {
  const wiki = await ensureWiki({ slug: "handbook", name: "Handbook", description: "What the community knows, written down once. If a page is wrong, press Edit.", division: "commons" });
  const importer = await readMember(members.get("ada")!.id);
  const { dropped } = await importPages(wiki, await readFolder(HANDBOOK), { importer: importer!, now });
  for (const [page, topic] of MADE_FROM) await credit(wiki.id, page, topic);
  if (dropped.length > 0) throw new Error(`The handbook does not fit: ${dropped.map(({ name, why }) => `${name}: ${why}`).join("; ")}`);
}

/** As if someone had made the page of the topic: credited to who asked and to who answered. */
async function credit(wikiId: number, page: string, topic: string): Promise<void> {
  const made = await db.execute(sql`
    insert into page_sources (page_id, topic_id, post_id, promoted_by_id, promoted_at)
    select pages.id, topics.id, said.post_id, pages.created_by_id, pages.created_at
    from pages, topics, lateral (values (null::bigint), (topics.accepted_post_id)) as said(post_id)
    where pages.wiki_id = ${wikiId} and pages.title = ${page} and topics.title = ${topic} and topics.accepted_post_id is not null
    order by said.post_id nulls first returning id`);
  if (made.length !== 2) throw new Error(`The handbook does not fit the talk: ${page}`);
}
