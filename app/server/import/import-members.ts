import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { importLinks } from "#db/schema/imports.ts";
import { readBatches, type Dump, type DumpRow } from "./dump.ts";
import { htmlToText } from "./html-document.ts";
import { keyOf, rowsOf } from "./sql.ts";
import { freeUsernames } from "./usernames.ts";

type Person = { externalId: string; name: string; createdAt: Date; lastSeenAt?: Date; bio?: string; location?: string; website?: string };

/** Members, without e-mail and password: they can be read about, and nobody can sign in as them. */
export async function importMembers(dump: Dump): Promise<void> {
  for await (const batch of readBatches(dump, "Users", "Members")) {
    await addPeople(dump, batch.map(personOf));
  }
}

/** People whose account is gone: the dump has only the name under what they wrote, or not even that. */
export async function importMissingAuthors(dump: Dump): Promise<void> {
  const missing = await dump.db.execute<{ name: string; at: Date }>(sql`
    select coalesce(author_name, '') as name, min(at)::text as at from (
      select author, author_name, at from staged_posts
      union all select author, author_name, at from staged_history where body is not null or title is not null
    ) said
    where author is null or not exists (select from import_links where source = ${dump.source} and kind = 'member' and external_id = author)
    group by 1 order by 1`);
  await addPeople(dump, missing.map(({ name, at }) => ({ externalId: `name:${name}`, name: name || "Former member", createdAt: new Date(at) })));
}

async function addPeople(dump: Dump, people: Person[]): Promise<void> {
  await dump.db.transaction(async (tx) => {
    const fresh = await notYetThere(tx, dump, people);
    if (fresh.length === 0) return;
    const usernames = await freeUsernames(tx, fresh.map(({ name, externalId }) => ({ name, key: keyOf(externalId) })));
    const rows = await tx
      .insert(members)
      .values(fresh.map((person, at) => ({
        ...usernames[at]!,
        name: person.name, bio: person.bio, location: person.location, website: person.website,
        createdAt: person.createdAt, lastSeenAt: person.lastSeenAt,
      })))
      .returning({ id: members.id });
    await tx.insert(importLinks).values(rows.map(({ id }, at) => ({ source: dump.source, kind: "member", externalId: fresh[at]!.externalId, localId: id })));
    dump.report.add("members", rows.length);
  });
}

async function notYetThere(tx: Tx, dump: Dump, people: Person[]): Promise<Person[]> {
  const known = await tx.execute<{ id: string }>(sql`
    select external_id as id from import_links join ${rowsOf(people.map(({ externalId }) => ({ id: externalId })), "id text")} given on given.id = external_id
    where source = ${dump.source} and kind = 'member'`);
  const taken = new Set(known.map(({ id }) => id));
  return people.filter(({ externalId }) => !taken.has(externalId) && taken.add(externalId));
}

function personOf(row: DumpRow<"Users">): Person {
  return {
    externalId: row.Id,
    name: oneLine(row.DisplayName, 60) || `Member ${row.Id}`,
    createdAt: row.CreationDate,
    lastSeenAt: row.LastAccessDate,
    bio: htmlToText(row.AboutMe).slice(0, 3000),
    location: oneLine(row.Location, 100),
    website: websiteOf(row.WebsiteUrl),
  };
}

function oneLine(text: string, length: number): string {
  return Array.from(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim()).slice(0, length).join("").trim();
}

function websiteOf(address: string): string {
  return /^https?:\/\/[^\s<>"']{1,300}$/i.test(address) && URL.canParse(address) ? address : "";
}
