// What addresses and forms may name. Here and not with the inputs or the schema, which browsers should not have to load.
export const kinds = ["mention", "reply", "quote", "post", "reaction", "accepted", "vote", "topic", "staff", "decision", "article", "page", "review", "credit", "group"] as const;
export const followLevels = ["watching", "tracking", "normal", "muted"] as const;

export type InboxAddress = { kind?: string | null; isUnread?: boolean; after?: string | null };

export function inboxPath({ kind, isUnread, after }: InboxAddress = {}): string {
  const query = new URLSearchParams();
  if (kind) query.set("kind", kind);
  if (isUnread) query.set("unread", "1");
  if (after) query.set("after", after);
  return query.size > 0 ? `/notifications?${query}` : "/notifications";
}
