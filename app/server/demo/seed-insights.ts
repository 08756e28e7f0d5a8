import { sql } from "drizzle-orm";
import { shippedModel } from "#app/insights/active-model.ts";
import { mineEverything, mineNextBatch } from "#app/insights/mine-everything.ts";
import { db } from "#db/client.ts";
import { accountMembers, customerAccounts, productAreas } from "#db/schema/insights.ts";
import { seedAccounts, seedAreas, seedDecisions } from "#db/seed/insights.ts";

const DAY = 86_400_000;

/** The glossary and the customers of the demo, its talk mined, and what its product managers decided so far. */
export async function seedInsights(now: Date): Promise<void> {
  const divisionIds = new Map((await db.execute<{ slug: string; id: string }>(sql`select slug, id from divisions`)).map(({ slug, id }) => [slug, Number(id)]));
  const areaIds = new Map<string, number>();
  for (const [position, { in: division, under, ...area }] of seedAreas.entries()) {
    const [row] = await db.insert(productAreas).values({ ...area, position, divisionId: division ? divisionIds.get(division) : null, parentId: under ? areaIds.get(under) : null }).returning({ id: productAreas.id });
    areaIds.set(area.name, row!.id);
  }
  const memberIds = new Map((await db.execute<{ username: string; id: string }>(sql`select username, id from members`)).map(({ username, id }) => [username, Number(id)]));
  for (const { members, ...account } of seedAccounts) {
    const [row] = await db.insert(customerAccounts).values(account).returning({ id: customerAccounts.id });
    await db.insert(accountMembers).values(members.map((username) => ({ memberId: memberIds.get(username)!, accountId: row!.id })));
  }
  if (!shippedModel()) return;
  const runId = await mineEverything(db, "demo");
  while (runId !== null && !(await mineNextBatch(runId)));
  for (const decision of seedDecisions) await decide(decision, memberIds, now);
}

/** As if it had been done on its day; nobody is told of it now. */
async function decide({ topic, by, state, reason, daysAgo, owner, dueInDays, tracker, title }: (typeof seedDecisions)[number], memberIds: Map<string, number>, now: Date): Promise<void> {
  const at = new Date(now.getTime() - daysAgo * DAY).toISOString();
  const dueOn = dueInDays === undefined ? null : new Date(now.getTime() + dueInDays * DAY).toISOString().slice(0, 10);
  const [theme] = await db.execute<{ id: string }>(sql`
    update themes set state = ${state}::theme_state, reason = ${reason}, state_changed_at = ${at}::timestamptz, owner_id = ${owner ? memberIds.get(owner)! : null}::bigint, due_on = ${dueOn}::date,
      tracker_url = ${tracker ?? null}, title = ${title ?? null}
    where id = (select s.theme_id from statements s join topics t on t.id = s.topic_id where s.part = 'title' and s.theme_id is not null and starts_with(t.title, ${topic}) limit 1) returning id`);
  if (!theme) return;
  await db.execute(sql`insert into theme_events (theme_id, kind, "from", "to", reason, actor_id, at) values (${theme.id}::bigint, 'state', 'new', ${state}, ${reason}, ${memberIds.get(by)!}, ${at}::timestamptz)`);
  if (owner) await db.execute(sql`insert into theme_followers (theme_id, member_id) values (${theme.id}::bigint, ${memberIds.get(owner)!}) on conflict do nothing`);
}
