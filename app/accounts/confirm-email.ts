import { eq, sql } from "drizzle-orm";
import { ConflictError, ForbiddenError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enqueue } from "#app/core/jobs.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { audit } from "#app/core/audit.ts";
import { readLink, useLink, voidLinks, type LinkKind } from "./links.ts";
import { findByEmail, mailLink } from "./mail-link.ts";
import { tell } from "./notices.ts";
import { MAILS_PER_ADDRESS } from "./sign-up.ts";

const RESENDS = { points: 3, perSeconds: 3600 };
const kinds: LinkKind[] = ["verify", "change_email"];

/** What the page behind a link asks: whose account, which address. Null when the link no longer works. */
export async function readConfirmation(on: Executor, token: string): Promise<{ username: string; email: string } | null> {
  const link = await readLink(on, kinds, token);
  if (!link?.memberId || !link.email) return null;
  const [member] = await on.select({ username: members.username }).from(members).where(eq(members.id, link.memberId));
  return member ? { username: member.username, email: link.email } : null;
}

/**
 * Makes the address that a link was mailed to the member's own. Answers whose it is.
 *
 * @throws ForbiddenError when the link was used, has expired or was replaced by a newer one
 * @throws ConflictError when the address has become somebody else's meanwhile
 */
export function confirmEmail(token: string): Promise<{ memberId: number }> {
  return db.transaction(async (tx) => {
    const link = await useLink(tx, kinds, token);
    if (!link?.memberId || !link.email) throw new ForbiddenError("accounts.linkDead");
    const [before] = await tx.select().from(members).where(eq(members.id, link.memberId)).for("update");
    if (!before || before.pendingEmail !== link.email) throw new ForbiddenError("accounts.linkDead");
    const holder = await findByEmail(tx, link.email);
    if (holder) throw new ConflictError("accounts.emailTaken");

    await tx
      .update(members)
      .set({ email: link.email, pendingEmail: null, emailVerifiedAt: sql`now()` })
      .where(eq(members.id, before.id));
    // What was mailed to the address before opens nothing any more.
    await voidLinks(tx, before.id, [...kinds, "reset"]);
    if (before.email) await tell(tx, before, before.email, "emailChanged");

    await audit(tx, { actorId: before.id, action: before.email ? "member.email_changed" : "member.verified", target: `member:${before.id}` });
    await record(tx, { type: before.emailVerifiedAt ? "member.address-changed" : "member.verified", memberId: before.id });
    return { memberId: before.id };
  });
}

/**
 * Mails the link again.
 *
 * @throws RateLimitedError after three in an hour
 */
export async function resendConfirmation(member: Member): Promise<void> {
  const pending = await readPendingEmail(db, member.id);
  if (!pending) return;
  await limitRate("resend", member.id, RESENDS);
  await limitRate("mail-to", pending.toLowerCase(), MAILS_PER_ADDRESS);
  await enqueue(db, mailLink, { kind: member.isVerified ? "change_email" : "verify", memberId: member.id, email: pending }, { key: member.id });
}

/** The address that waits for its link to be opened. */
export async function readPendingEmail(on: Executor, memberId: number): Promise<string | null> {
  const [row] = await on.select({ pendingEmail: members.pendingEmail }).from(members).where(eq(members.id, memberId));
  return row?.pendingEmail ?? null;
}
