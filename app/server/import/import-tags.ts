import slugify from "@sindresorhus/slugify";
import { sql } from "drizzle-orm";
import { tags } from "#db/schema/forums.ts";
import { readBatches, type Dump } from "./dump.ts";
import { htmlToText } from "./html-document.ts";

/** Tags that topics here carry; one that the community has already is used as it is. */
export async function importTags(dump: Dump): Promise<void> {
  for await (const batch of readBatches(dump, "Tags", "Tags")) {
    await dump.db.transaction(async (tx) => {
      for (const row of batch) {
        if (row.WikiPostId) dump.report.drop("a tag's long description", "a tag here has a short one", row.TagName);
        if (row.Count === 0) {
          dump.report.drop("a tag", "no topic carries it", row.TagName);
          continue;
        }
        const slug = tagSlug(row.TagName);
        const [excerpt] = row.ExcerptPostId ? await tx.execute<{ body: string }>(sql`select body from staged_tag_excerpts where post = ${row.ExcerptPostId}`) : [];
        const [added] = await tx.insert(tags).values({ slug, name: row.TagName.slice(0, 60), description: excerpt ? htmlToText(excerpt.body).slice(0, 500) : "" }).onConflictDoNothing().returning();
        if (added) dump.report.add("tags", 1);
        await tx.execute(sql`
          insert into import_links (source, kind, external_id, local_id) select ${dump.source}, 'tag', ${row.TagName}, id from tags where slug = ${slug} on conflict do nothing`);
      }
    });
  }
}

/** Which topics carry which tags, for topics of this dump. A tag that only topics name is made. */
export async function importTopicTags(dump: Dump): Promise<void> {
  const named = await dump.db.execute<{ name: string }>(sql`
    select distinct name from ${tagsOfTopics} used
    where not exists (select from import_links where source = ${dump.source} and kind = 'tag' and external_id = used.name)`);
  await dump.db.transaction(async (tx) => {
    for (const { name } of named) {
      await tx.insert(tags).values({ slug: tagSlug(name), name: name.slice(0, 60) }).onConflictDoNothing();
      await tx.execute(sql`
        insert into import_links (source, kind, external_id, local_id) select ${dump.source}, 'tag', ${name}, id from tags where slug = ${tagSlug(name)} on conflict do nothing`);
    }
    const added = await tx.execute(sql`
      insert into topic_tags (topic_id, tag_id)
      select distinct used.topic_id, coalesce(tags.synonym_of_id, tags.id) from ${tagsOfTopics} used
      join import_links on source = ${dump.source} and kind = 'tag' and external_id = used.name join tags on tags.id = local_id
      on conflict do nothing returning 1`);
    if (added.length > 0) dump.report.add("tags on topics", added.length);
  });
}

/** Old dumps write `<a><b>`, newer ones `|a|b|`. */
const tagsOfTopics = sql`(
  select topic_id, name from staged_posts, lateral regexp_split_to_table(trim(both '<>|' from tags), '><|\\|') name
  where kind = 'question' and tags <> '' and name <> '' and topic_id is not null
)`;

export function tagSlug(name: string): string {
  return slugify(name, { customReplacements: [["#", "-sharp"], ["+", "-plus"], [".", "-dot-"]] }).slice(0, 60) || `tag-${rowHash(name)}`;
}

function rowHash(name: string): string {
  return Buffer.from(name).toString("hex").slice(0, 12);
}
