import { randomBytes } from "node:crypto";
import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { hashToken } from "#app/core/session.ts";
import type { Executor, Tx } from "#db/client.ts";
import { emailTokens } from "#db/schema/accounts.ts";

export type LinkKind = (typeof emailTokens.$inferSelect)["kind"];
export type Link = typeof emailTokens.$inferSelect;

type NewLink = { kind: LinkKind; memberId: number | null; email: string | null; minutes: number };

/** Makes the token of a one-time link; those of its kind that the member had before are void. Only its hash is kept. */
export async function createLink(tx: Tx, { kind, memberId, email, minutes }: NewLink): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await voidLinks(tx, memberId, [kind]);
  await tx.insert(emailTokens).values({ hash: hashToken(token), kind, memberId, email, expiresAt: new Date(Date.now() + minutes * 60_000) });
  return token;
}

/** What a link is for, if it still works. Reading it uses nothing up: programs that scan mail open links too. */
export async function readLink(on: Executor, kinds: LinkKind[], token: string): Promise<Link | undefined> {
  const [link] = await on.select().from(emailTokens).where(working(kinds, token));
  return link;
}

/** The same, once: of two at the same moment one gets it. */
export async function useLink(tx: Tx, kinds: LinkKind[], token: string): Promise<Link | undefined> {
  const [link] = await tx.update(emailTokens).set({ usedAt: new Date() }).where(working(kinds, token)).returning();
  return link;
}

/** Links of these kinds that were mailed to a member and not yet used no longer work. */
export async function voidLinks(tx: Tx, memberId: number | null, kinds: LinkKind[]): Promise<void> {
  const whose = memberId === null ? isNull(emailTokens.memberId) : eq(emailTokens.memberId, memberId);
  await tx.delete(emailTokens).where(and(whose, inArray(emailTokens.kind, kinds), isNull(emailTokens.usedAt)));
}

function working(kinds: LinkKind[], token: string) {
  return and(eq(emailTokens.hash, hashToken(token)), inArray(emailTokens.kind, kinds), isNull(emailTokens.usedAt), gt(emailTokens.expiresAt, new Date()));
}
