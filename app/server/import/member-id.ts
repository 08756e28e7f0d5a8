import { sql, type SQL } from "drizzle-orm";

/** Who wrote a staged row: the member it names, or the one made for the name that stands under it. */
export function memberIdOf(source: string): SQL {
  const link = (externalId: SQL) => sql`(select local_id from import_links where source = ${source} and kind = 'member' and external_id = ${externalId})`;
  return sql`coalesce(${link(sql`author`)}, ${link(sql`'name:' || coalesce(author_name, '')`)})`;
}
