import { asc, eq, sql } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { accountMembers, customerAccounts, themes } from "#db/schema/insights.ts";
import { canConfigure, requireInsights } from "./access.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { themesSpokenFor } from "./voices.ts";

const MOST = 500;

type AccountInput = { name: string; segment: string; value: number; externalKey: string };

/** Adds a customer account, or changes one: what is worth more counts for more at once. */
export function saveAccount(actor: Member, accountId: number | null, { externalKey, ...input }: AccountInput): Promise<void> {
  return changing(actor, async (tx) => {
    const values = { ...input, externalKey: externalKey || null };
    const taken = externalKey ? await tx.execute(sql`select from customer_accounts where external_key = ${externalKey} and id is distinct from ${accountId}::bigint`) : [];
    if (taken.length > 0) throw new InvalidInputError("externalKey", "insights.keyTaken");
    if (accountId === null) await tx.insert(customerAccounts).values(values);
    else await tx.update(customerAccounts).set(values).where(eq(customerAccounts.id, accountId));
    return accountId === null ? [] : themesOfAccount(tx, accountId);
  });
}

export function deleteAccount(actor: Member, accountId: number): Promise<void> {
  return changing(actor, async (tx) => {
    const touched = await themesOfAccount(tx, accountId);
    await tx.delete(customerAccounts).where(eq(customerAccounts.id, accountId));
    return touched;
  });
}

/** A member speaks for one account at most. */
export function joinAccount(actor: Member, accountId: number, username: string): Promise<void> {
  return changing(actor, async (tx) => {
    const [member] = await tx.select({ id: members.id }).from(members).where(eq(sql`lower(${members.username})`, username.replace(/^@/, "").toLowerCase()));
    if (!member) throw new InvalidInputError("username", "insights.noSuchMember");
    await tx.insert(accountMembers).values({ memberId: member.id, accountId }).onConflictDoUpdate({ target: accountMembers.memberId, set: { accountId } });
    return themesOfMember(tx, member.id);
  });
}

export function leaveAccount(actor: Member, memberId: number): Promise<void> {
  return changing(actor, async (tx) => {
    await tx.delete(accountMembers).where(eq(accountMembers.memberId, memberId));
    return themesOfMember(tx, memberId);
  });
}

/** To choose one from. */
export function listAccountNames(on: Executor) {
  return on.select({ id: customerAccounts.id, name: customerAccounts.name }).from(customerAccounts).orderBy(asc(customerAccounts.name), asc(customerAccounts.id)).limit(MOST);
}

/** With their people, and in how many themes these have spoken. */
export function listAccounts(on: Executor, limit = MOST) {
  return on
    .select({
      id: customerAccounts.id, name: customerAccounts.name, segment: customerAccounts.segment, value: customerAccounts.value, externalKey: customerAccounts.externalKey,
      members: sql<{ id: number; username: string; name: string }[]>`coalesce((select json_agg(json_build_object('id', m.id, 'username', m.username, 'name', m.name) order by m.name) from account_members am join members m on m.id = am.member_id where am.account_id = customer_accounts.id), '[]')`,
      themeCount: sql<number>`(select count(distinct coalesce(th.merged_into_id, th.id))::int from account_members am join statements st on st.author_id = am.member_id join themes th on th.id = st.theme_id where am.account_id = customer_accounts.id and st.excluded is null)`,
    })
    .from(customerAccounts)
    .orderBy(asc(customerAccounts.name), asc(customerAccounts.id))
    .limit(limit);
}

export async function listSegments(on: Executor): Promise<string[]> {
  const rows = await on.execute<{ segment: string }>(sql`select distinct segment from customer_accounts where segment <> '' order by 1 limit 50`);
  return rows.map(({ segment }) => segment);
}

async function changing(actor: Member, act: (tx: Tx) => Promise<number[]>): Promise<void> {
  await db.transaction(async (tx) => {
    requireInsights(actor);
    enforce(canConfigure(actor));
    await refreshThemes(tx, await act(tx));
  });
}

const themesOfMember = (tx: Tx, memberId: number) => themeIds(tx, sql`${themes.id} in (${themesSpokenFor(sql`${memberId}`)})`);
const themesOfAccount = (tx: Tx, accountId: number) => themeIds(tx, sql`${themes.id} in (${themesSpokenFor(sql`select member_id from account_members where account_id = ${accountId}`)})`);

async function themeIds(tx: Tx, where: ReturnType<typeof sql>): Promise<number[]> {
  return (await tx.select({ id: themes.id }).from(themes).where(where)).map(({ id }) => id);
}
