import { sql } from "drizzle-orm";
import { listWhoSee } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import type { NotificationKind } from "#db/schema/notifications.ts";

// Lines about articles and pages themselves. Each of these may run again after a crash, and twice is once. They answer
// whose inboxes changed.

/** What of a page a line leads to: what changed since its reader saw it last, the draft to review, or the page. */
export function underPage(kind: NotificationKind, groupKey: string): string {
  const [about, , base] = groupKey.split(":");
  if (kind === "page" && base && base !== "0") return `/history?from=${base}`;
  return about === "review" ? "/review" : "";
}

/** One line for a thing that is told once, whoever has read it since. */
export async function writeLineOnce(on: Executor, memberIds: number[], line: { kind: NotificationKind; groupKey: string; articleId?: number; pageId?: number; actorId: number | null; /** Older lines do not count. */ since?: Date | null }): Promise<number[]> {
  const { kind, groupKey, articleId = null, pageId = null, actorId, since = null } = line;
  const rows = await on.execute<{ id: string }>(sql`
    insert into notifications (member_id, kind, group_key, article_id, page_id, actor_id, actor_ids)
    select told.id, ${kind}::notification_kind, ${groupKey}, ${articleId}::bigint, ${pageId}::bigint, ${actorId}::bigint, array_remove(array[${actorId}::bigint], null)
    from unnest(${sql.param(memberIds)}::bigint[]) as told(id)
    where not exists (
      select from notifications old where old.member_id = told.id and old.group_key = ${groupKey}
        and (${since?.toISOString() ?? null}::timestamptz is null or old.updated_at >= ${since?.toISOString() ?? null}::timestamptz)
    )
    on conflict (member_id, group_key) where read_at is null do nothing
    returning member_id as id`);
  return rows.map(({ id }) => Number(id));
}

type PageEdit = { pageId: number; editorId: number; /** What readers saw before; 0 for a new page. */ base: number; at: Date };

/**
 * One unread line for all edits of a page, which leads to everything that changed since its reader saw the page last: the
 * revision before the first of them. A line that was read when it was as young as the page has told of this edit.
 */
export function writePageLines(memberIds: number[], { pageId, editorId, base, at }: PageEdit): Promise<number[]> {
  return db.transaction(async (tx) => {
    // Two edits told at once would begin two lines.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('notifications.page'), ${pageId % 2_000_000_000}::int)`);
    const told = sql.param(memberIds);
    const joined = await tx.execute<{ id: string }>(sql`
      update notifications line set
        actor_id = ${editorId}::bigint, updated_at = now(),
        actor_count = line.actor_count + case when ${editorId}::bigint = any(line.actor_ids) then 0 else 1 end,
        actor_ids = case when ${editorId}::bigint = any(line.actor_ids) or cardinality(line.actor_ids) >= 100 then line.actor_ids else line.actor_ids || ${editorId}::bigint end
      where line.page_id = ${pageId} and line.kind = 'page' and line.read_at is null and line.member_id = any(${told}::bigint[])
        and (line.updated_at < ${at.toISOString()}::timestamptz or not ${editorId}::bigint = any(line.actor_ids))
      returning line.member_id as id`);
    const begun = await tx.execute<{ id: string }>(sql`
      insert into notifications (member_id, kind, group_key, page_id, actor_id, actor_ids)
      select told.id, 'page', ${`page:${pageId}:${base}`}, ${pageId}::bigint, ${editorId}::bigint, array[${editorId}::bigint]
      from unnest(${told}::bigint[]) as told(id)
      where not exists (
        select from notifications old where old.page_id = ${pageId} and old.kind = 'page' and old.member_id = told.id
          and (old.read_at is null or old.updated_at >= ${at.toISOString()}::timestamptz)
      )
      on conflict (member_id, group_key) where read_at is null do nothing
      returning member_id as id`);
    return [...joined, ...begun].map(({ id }) => Number(id));
  });
}

/** Those who watch a page, or one above it with all below. */
export async function listPageWatchers(on: Executor, page: { id: number; categoryId: number }): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    with recursive above as (
      select id, parent_id, 0 as distance from pages where id = ${page.id}
      union all select parent.id, parent.parent_id, above.distance + 1 from pages parent join above on parent.id = above.parent_id where above.distance < 100
    )
    select distinct follows.member_id as id from page_follows follows join above on above.id = follows.page_id where above.distance = 0 or follows.with_subtree`);
  return [...(await listWhoSee(on, page.categoryId, rows.map(({ id }) => Number(id))))];
}

/** Those who may let an edit of a page through: its owner, and all who have a duty where it lies. */
export async function listReviewers(on: Executor, page: { id: number; categoryId: number }): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    select owner_id as id from pages where id = ${page.id} and owner_id is not null
    union select roles.member_id from member_roles roles
    where roles.division_id is null or roles.division_id = (select division_id from categories where id = ${page.categoryId})`);
  return [...(await listWhoSee(on, page.categoryId, rows.map(({ id }) => Number(id))))];
}
