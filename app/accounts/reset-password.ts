import { and, eq } from "drizzle-orm";
import { ForbiddenError, InvalidInputError } from "#app/core/errors.ts";
import { endFeedAddresses } from "#app/core/feed-addresses.ts";
import { enqueue } from "#app/core/jobs.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { audit } from "#app/core/audit.ts";
import { readLink, useLink, voidLinks } from "./links.ts";
import { mailLink } from "./mail-link.ts";
import { tell } from "./notices.ts";
import { weakness } from "./password-rules.ts";
import { hashPassword } from "./passwords.ts";
import { endAllSessions } from "./sessions.ts";
import { MAILS_PER_ADDRESS } from "./sign-up.ts";
import { readSiteName } from "./site-name.ts";

const PER_NETWORK = { points: 10, perSeconds: 3600 };

/**
 * Asks for a link to set a new password. Does the same whether anyone has the address: the worker finds out.
 *
 * @throws RateLimitedError after many from one network, or for one address
 */
export async function askForReset(email: string, { ip }: { ip: string }): Promise<void> {
  await limitRate("reset", ip, PER_NETWORK);
  await limitRate("mail-to", email.toLowerCase(), MAILS_PER_ADDRESS);
  await enqueue(db, mailLink, { kind: "reset", email });
}

/** Whether a link to set a new password still works. */
export async function canReset(token: string): Promise<boolean> {
  return (await readLink(db, ["reset"], token)) !== undefined;
}

/**
 * Sets a new password by a mailed link and signs the member out everywhere.
 *
 * @throws ForbiddenError when the link was used, has expired, was replaced, or went to an address they no longer have
 * @throws InvalidInputError for a password that is easily guessed; the link then still works
 */
export async function resetPassword(token: string, password: string): Promise<void> {
  // Hashed before the link is used up, and only for links that work: hashing is dear.
  const link = await readLink(db, ["reset"], token);
  const [member] = link?.memberId ? await db.select().from(members).where(eq(members.id, link.memberId)) : [];
  if (!link || !member?.email) throw new ForbiddenError("accounts.linkDead");
  const weak = weakness(password, { username: member.username, email: member.email, siteName: await readSiteName(db) });
  if (weak) throw new InvalidInputError("password", weak);
  const passwordHash = await hashPassword(password);

  await db.transaction(async (tx) => {
    const used = await useLink(tx, ["reset"], token);
    if (!used) throw new ForbiddenError("accounts.linkDead");
    const [changed] = await tx
      .update(members)
      .set({ passwordHash })
      .where(and(eq(members.id, member.id), eq(members.email, used.email!)))
      .returning({ id: members.id });
    if (!changed) throw new ForbiddenError("accounts.linkDead");
    await voidLinks(tx, member.id, ["reset"]);
    await endAllSessions(tx, member.id);
    await endFeedAddresses(tx, member.id);
    await tell(tx, member, member.email, "passwordChanged");
    await audit(tx, { actorId: member.id, action: "member.password_reset", target: `member:${member.id}` });
  });
}
