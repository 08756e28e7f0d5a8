import { and, eq, sql } from "drizzle-orm";
import type { EventOf } from "#app/core/events.ts";
import { db } from "#db/client.ts";
import { groupRequests } from "#db/schema/community.ts";
import { announceInboxes } from "./realtime.ts";

/**
 * Tells the owners of a group who asks to be let in, in one line for all who wait; admins, where it has no owners. Once it
 * is answered the asker is told, and the owners need not be any more. Reads what is true now, and twice is once.
 */
export async function notifyOfRequest({ groupId, requestId }: EventOf<"group.request-changed">): Promise<void> {
  const told = await tellOwners(requestId, groupId);
  if (told.length > 0) return announceInboxes(told);
  const [request] = await db.select().from(groupRequests).where(and(eq(groupRequests.id, requestId), eq(groupRequests.groupId, groupId)));
  if (!request || request.state === "open") return;
  const withdrawn = await withdrawAsker(groupId, request.memberId);
  const asker = request.state === "withdrawn" ? [] : await tellAsker(request);
  announceInboxes([...withdrawn, ...asker]);
}

/** The request is held while the lines are written: one that is answered at that moment is answered after, and takes them back. */
async function tellOwners(requestId: number, groupId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with asked as materialized (
      select member_id, created_at from group_requests where id = ${requestId} and state = 'open' for share
    ), owners as (
      select member_id from group_members where group_id = ${groupId} and is_owner
    ), told as (
      select member_id from owners
      union select member_id from member_roles where role in ('owner', 'admin') and division_id is null and not exists (select from owners)
    )
    insert into notifications as line (member_id, kind, group_key, group_id, actor_id, actor_ids)
    select told.member_id, 'group', ${`asked:${groupId}`}, ${groupId}::bigint, asked.member_id, array[asked.member_id]
    from asked, told
    where told.member_id <> asked.member_id and not exists (
      select from notifications old
      where old.member_id = told.member_id and old.group_key = ${`asked:${groupId}`} and asked.member_id = any(old.actor_ids) and old.updated_at >= asked.created_at
    )
    on conflict (member_id, group_key) where read_at is null do update set
      actor_id = excluded.actor_id,
      actor_count = line.actor_count + case when excluded.actor_id = any(line.actor_ids) then 0 else 1 end,
      actor_ids = case when excluded.actor_id = any(line.actor_ids) or cardinality(line.actor_ids) >= 100 then line.actor_ids else line.actor_ids || excluded.actor_id end,
      updated_at = now()
    returning member_id as id`);
  return rows.map(({ id }) => Number(id));
}

/** Out of the owners' unread lines; the last one takes the line along. */
async function withdrawAsker(groupId: number, memberId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with gone as (
      delete from notifications where group_id = ${groupId} and group_key = ${`asked:${groupId}`} and read_at is null and actor_ids = array[${memberId}::bigint] returning member_id
    ), fewer as (
      update notifications set
        actor_ids = array_remove(actor_ids, ${memberId}::bigint), actor_count = actor_count - 1,
        actor_id = (array_remove(actor_ids, ${memberId}::bigint))[cardinality(actor_ids) - 1]
      where group_id = ${groupId} and group_key = ${`asked:${groupId}`} and read_at is null and ${memberId}::bigint = any(actor_ids) and cardinality(actor_ids) > 1
      returning member_id
    )
    select member_id as id from gone union select member_id from fewer`);
  return rows.map(({ id }) => Number(id));
}

async function tellAsker({ id, groupId, memberId, state, decidedById }: typeof groupRequests.$inferSelect): Promise<number[]> {
  const groupKey = `${state}:${groupId}:${id}`;
  const rows = await db.execute<{ id: string }>(sql`
    insert into notifications (member_id, kind, group_key, group_id, actor_id, actor_ids)
    select ${memberId}::bigint, 'group', ${groupKey}, ${groupId}::bigint, ${decidedById}::bigint, array_remove(array[${decidedById}::bigint], null)
    where not exists (select from notifications old where old.member_id = ${memberId} and old.group_key = ${groupKey})
    on conflict (member_id, group_key) where read_at is null do nothing
    returning member_id as id`);
  return rows.map(({ id: told }) => Number(told));
}
