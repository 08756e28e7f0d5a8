import { and, asc, eq, gt, or } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { reactions, type ReactionKind } from "#db/schema/forums.ts";

const PAGE = 50;

/** Who reacted to a post the viewer has been given, kind by kind, in the order of their accounts. `next` is where the rest begins. */
export async function listReactors(on: Executor, postId: number, { kind, after }: { kind?: ReactionKind; after?: { kind: ReactionKind; memberId: number } }) {
  const rows = await on
    .select({ kind: reactions.kind, id: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId, at: reactions.createdAt })
    .from(reactions)
    .innerJoin(members, eq(members.id, reactions.memberId))
    .where(and(
      eq(reactions.postId, postId),
      kind && eq(reactions.kind, kind),
      after && or(gt(reactions.kind, after.kind), and(eq(reactions.kind, after.kind), gt(reactions.memberId, after.memberId))),
    ))
    .orderBy(asc(reactions.kind), asc(reactions.memberId))
    .limit(PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { people: rows.slice(0, PAGE), next: last ? `${last.kind}.${last.id}` : null };
}
