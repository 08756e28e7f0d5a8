import slugify from "@sindresorhus/slugify";
import { sql } from "drizzle-orm";
import { badges } from "#db/schema/accounts.ts";
import { readBatches, type Dump } from "./dump.ts";
import { rowsOf } from "./sql.ts";

const TIERS: Record<number, "gold" | "silver" | "bronze"> = { 1: "gold", 2: "silver", 3: "bronze" };

/** Badges with how often and when last each member earned them. Counted anew each time, so a newer dump brings newer counts. */
export async function importBadges(dump: Dump): Promise<void> {
  const { db, report } = dump;
  await db.execute(sql`create temp table staged_badges (id text primary key, member text, name text, tier text, at timestamptz, line int)`);
  for await (const batch of readBatches(dump, "Badges", "Badges")) {
    const rows = batch.map((row) => ({ id: row.Id, member: row.UserId, name: row.Name, tier: TIERS[row.Class] ?? "bronze", at: row.Date, line: row.line }));
    await db.execute(sql`insert into staged_badges select * from ${rowsOf(rows, "id text, member text, name text, tier text, at timestamptz, line int")} given on conflict do nothing`);
  }
  const lost = await db.execute<{ id: string; line: number; member: string }>(sql`
    delete from staged_badges where not exists (select from import_links where source = ${dump.source} and kind = 'member' and external_id = member) returning id, line, member`);
  for (const { id, line, member } of lost) report.skip("Badges.xml", line, id, `it belongs to user ${member}, who is not in the dump`);

  await db.transaction(async (tx) => {
    for (const { name, tier } of await tx.execute<{ name: string; tier: "gold" | "silver" | "bronze" }>(sql`select name, min(tier) as tier from staged_badges group by name order by name`)) {
      const slug = `${dump.divisionSlug}-${slugify(name) || Buffer.from(name).toString("hex").slice(0, 12)}`.slice(0, 100);
      const [added] = await tx.insert(badges).values({ slug, name: name.slice(0, 60), description: `Earned at ${dump.host}`, tier }).onConflictDoNothing().returning();
      if (added) report.add("kinds of badges", 1);
      await tx.execute(sql`insert into import_links (source, kind, external_id, local_id) select ${dump.source}, 'badge', ${name}, id from badges where slug = ${slug} on conflict do nothing`);
    }
    const written = await tx.execute<{ is_new: boolean; earned: number }>(sql`
      insert into member_badges (member_id, badge_id, earned_count, earned_at)
      select person.local_id, badge.local_id, count(*), max(at) from staged_badges
      join import_links person on person.source = ${dump.source} and person.kind = 'member' and person.external_id = member
      join import_links badge on badge.source = ${dump.source} and badge.kind = 'badge' and badge.external_id = name
      group by 1, 2
      on conflict (member_id, badge_id) do update set earned_count = excluded.earned_count, earned_at = excluded.earned_at
      where member_badges.earned_count <> excluded.earned_count
      returning (xmax = 0) as is_new, earned_count as earned`);
    if (written.length > 0) report.add("badges earned", written.reduce((sum, { earned }) => sum + Number(earned), 0));
  });
}
