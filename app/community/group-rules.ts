import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { audit } from "#app/core/audit.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { parseDomain } from "#app/core/email-address.ts";
import { record } from "#app/core/events.ts";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { groupMembers, groupRules } from "#db/schema/community.ts";
import { accessGroup, lockGroups } from "./groups.ts";
import { canAdminister, canManageGroup } from "./policy.ts";

// "Whoever proved an address at acme.com belongs to this group." That domain and no other, however it ends or begins; an
// address that is not proven counts for nothing. Who is in by a rule goes when the rule or the address does.

/** How many come or go in one transaction, so that nobody waits long for the group. */
const BATCH = 500;

/** What of a row of `members m` is compared with a rule. Addresses keep the capitals they were typed with. */
const domainOf = sql`lower(split_part(m.email, '@', 2))`;

/**
 * Says that a domain belongs to a group. Those who are here already come in by a job.
 *
 * @throws InvalidInputError when it is no domain, or has such a rule
 */
export function addRule(admin: Member, groupId: number, typed: string): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    enforce(canManageGroup(admin, await accessGroup(tx, admin, groupId)));
    const domain = parseDomain(typed.trim().replace(/^@/, ""));
    if (!domain) throw new InvalidInputError("domain", "community.noDomain");

    // One that is still being undone is simply in force again.
    const [rule] = await tx
      .insert(groupRules)
      .values({ groupId, domain, createdById: admin.id })
      .onConflictDoUpdate({ target: [groupRules.groupId, groupRules.domain], set: { endedAt: null }, setWhere: sql`${groupRules.endedAt} is not null` })
      .returning();
    if (!rule) throw new InvalidInputError("domain", "community.ruleIsThere");
    await audit(tx, { actorId: admin.id, action: "group.rule-made", target: `group:${groupId}`, detail: { domain } });
    await enqueue(tx, applyRule, { ruleId: rule.id }, { key: rule.id });
  });
}

/** Brings nobody in from now on; those it brought go by a job. Who was put in by hand stays. */
export function endRule(admin: Member, groupId: number, ruleId: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    await accessGroup(tx, admin, groupId);
    const [rule] = await tx.update(groupRules).set({ endedAt: new Date() }).where(and(eq(groupRules.id, ruleId), eq(groupRules.groupId, groupId), isNull(groupRules.endedAt))).returning();
    if (!rule) return;
    await audit(tx, { actorId: admin.id, action: "group.rule-ended", target: `group:${groupId}`, detail: { domain: rule.domain } });
    await enqueue(tx, applyRule, { ruleId }, { key: ruleId });
  });
}

/** The rules of a group with how many each has brought; one that is being undone says so. */
export function listRules(on: Executor, groupId: number) {
  return on
    .select({ id: groupRules.id, domain: groupRules.domain, isEnding: sql<boolean>`${groupRules.endedAt} is not null`, memberCount: sql<number>`(select count(*)::int from group_members brought where brought.rule_id = ${groupRules}.id)` })
    .from(groupRules)
    .where(eq(groupRules.groupId, groupId))
    .orderBy(asc(groupRules.domain));
}

/** Makes true for members who are here what a rule says, or, when it has ended, what it no longer does. */
export const applyRule = defineJob({
  name: "community.apply-rule",
  input: z.object({ ruleId: z.number() }),
  maxAttempts: 20,
  async run({ ruleId }) {
    let after: number | null = 0;
    while (after !== null) after = await db.transaction((tx) => applyBatch(tx, ruleId, after!));
  },
});

/** Answers after which member to go on; null when there is nothing more to do. */
async function applyBatch(tx: Tx, ruleId: number, after: number): Promise<number | null> {
  const [known] = await tx.select({ groupId: groupRules.groupId }).from(groupRules).where(eq(groupRules.id, ruleId));
  if (!known) return null;
  await lockGroups(tx, [known.groupId]);
  const [rule] = await tx.select().from(groupRules).where(eq(groupRules.id, ruleId)).for("update");
  if (!rule) return null;
  if (rule.endedAt) return emptyBatch(tx, ruleId);

  // Whose address changes at this moment is waited for, and seen as they are then.
  const found = await tx.execute<{ id: string }>(sql`
    select m.id from members m
    where ${domainOf} = ${rule.domain} and m.email_verified_at is not null and m.id > ${after}
    order by m.id limit ${BATCH} for share`);
  const ids = found.map(({ id }) => Number(id));
  await bringIn(tx, ids.map((memberId) => ({ memberId, groupId: rule.groupId, ruleId })));
  return ids.length < BATCH ? null : ids.at(-1)!;
}

async function emptyBatch(tx: Tx, ruleId: number): Promise<number | null> {
  const some = tx.select({ id: groupMembers.memberId }).from(groupMembers).where(eq(groupMembers.ruleId, ruleId)).limit(BATCH);
  const gone = await tx.delete(groupMembers).where(and(eq(groupMembers.ruleId, ruleId), inArray(groupMembers.memberId, some))).returning({ id: groupMembers.memberId });
  await recordMany(tx, gone.map(({ id }) => id));
  if (gone.length === BATCH) return 0;
  await tx.delete(groupRules).where(eq(groupRules.id, ruleId));
  return null;
}

/** After an address was proven, changed or lost: the groups it brings, and out of those it no longer does. May run again. */
export function applyRulesTo({ memberId }: { memberId: number }): Promise<void> {
  return db.transaction((tx) => followAddress(tx, memberId));
}

export async function followAddress(tx: Tx, memberId: number, { only }: { only?: number } = {}): Promise<void> {
  const concerned = await tx.execute<{ id: string }>(sql`
    select rules.group_id as id from group_rules rules join members m on rules.domain = ${domainOf} where m.id = ${memberId}
    union select group_id from group_members where member_id = ${memberId} and rule_id is not null`);
  await lockGroups(tx, concerned.map(({ id }) => Number(id)).filter((id) => only === undefined || id === only));
  await tx.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for("share");
  const wanted = await tx.execute<{ id: string; groupId: string }>(sql`
    select rules.id, rules.group_id as "groupId" from group_rules rules join members m on rules.domain = ${domainOf}
    where m.id = ${memberId} and m.email_verified_at is not null and rules.ended_at is null`);
  const rules = wanted.map(({ id, groupId }) => ({ ruleId: Number(id), groupId: Number(groupId), memberId })).filter(({ groupId }) => only === undefined || groupId === only);

  if (only === undefined) {
    const gone = await tx.execute(sql`
      delete from group_members where member_id = ${memberId} and rule_id is not null and rule_id <> all(${sql.param(rules.map(({ ruleId }) => ruleId))}::bigint[]) returning group_id`);
    if (gone.length > 0) await record(tx, { type: "access.changed", of: "member", id: memberId });
  }
  await bringIn(tx, rules);
}

/** One event for a whole batch: thousands come and go with a rule, and nobody else's work waits behind theirs. */
async function recordMany(tx: Tx, memberIds: number[]): Promise<void> {
  if (memberIds.length > 0) await record(tx, { type: "access.changed-for-many", memberIds });
}

/** Whoever is in already stays as they are; the banned stay out. */
async function bringIn(tx: Tx, rows: { groupId: number; memberId: number; ruleId: number }[]): Promise<void> {
  if (rows.length === 0) return;
  const column = (name: keyof (typeof rows)[number]) => sql`${sql.param(rows.map((row) => row[name]))}::bigint[]`;
  const come = await tx.execute<{ groupId: string; memberId: string }>(sql`
    insert into group_members (group_id, member_id, rule_id)
    select brought.* from unnest(${column("groupId")}, ${column("memberId")}, ${column("ruleId")}) as brought(group_id, member_id, rule_id)
    where not exists (select from group_bans bans where bans.group_id = brought.group_id and bans.member_id = brought.member_id)
    on conflict do nothing
    returning group_id as "groupId", member_id as "memberId"`);
  if (come.length === 0) return;
  const settled = await tx.execute<{ id: string; groupId: string; memberId: string }>(sql`
    update group_requests set state = 'approved', decided_at = now()
    where state = 'open' and (group_id, member_id) in (select * from unnest(${sql.param(come.map(({ groupId }) => Number(groupId)))}::bigint[], ${sql.param(come.map(({ memberId }) => Number(memberId)))}::bigint[]))
    returning id, group_id as "groupId", member_id as "memberId"`);
  await recordMany(tx, come.map(({ memberId }) => Number(memberId)));
  for (const { id, groupId, memberId } of settled) await record(tx, { type: "group.request-changed", groupId: Number(groupId), memberId: Number(memberId), requestId: Number(id) });
}
