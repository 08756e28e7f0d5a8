export type InboxAddress = { kind?: string | null; isUnread?: boolean; after?: string | null };

export function inboxPath({ kind, isUnread, after }: InboxAddress = {}): string {
  const query = new URLSearchParams();
  if (kind) query.set("kind", kind);
  if (isUnread) query.set("unread", "1");
  if (after) query.set("after", after);
  return query.size > 0 ? `/notifications?${query}` : "/notifications";
}
