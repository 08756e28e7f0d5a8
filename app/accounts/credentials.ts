import { eq } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import { endFeedAddresses } from "#app/core/feed-addresses.ts";
import { enqueue } from "#app/core/jobs.ts";
import { forgiveRate, limitRate } from "#app/core/rate-limit.ts";
import { beginSession } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members, type MemberRow } from "#db/schema/accounts.ts";
import { audit } from "#app/core/audit.ts";
import { voidLinks } from "./links.ts";
import { mailLink } from "./mail-link.ts";
import { tell } from "./notices.ts";
import { weakness } from "./password-rules.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { endAllSessions } from "./sessions.ts";
import type { Browser } from "./sign-in.ts";
import { MAILS_PER_ADDRESS } from "./sign-up.ts";
import { readSiteName } from "./site-name.ts";

const GUESSES = { points: 6, perSeconds: 600 };

/**
 * Sets a new password, signs out everywhere and begins a new session here. Answers its cookie.
 *
 * @throws InvalidInputError when the present one is wrong or the new one is easily guessed
 */
export async function changePassword(member: Member, { current, password }: { current: string; password: string }, browser: Browser): Promise<string> {
  const account = await proveIdentity(member, current);
  const weak = weakness(password, { username: account.username, email: account.email ?? "", siteName: await readSiteName(db) });
  if (weak) throw new InvalidInputError("password", weak);
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.update(members).set({ passwordHash }).where(eq(members.id, member.id));
    await voidLinks(tx, member.id, ["reset"]);
    await endAllSessions(tx, member.id);
    await endFeedAddresses(tx, member.id);
    await tell(tx, account, account.email, "passwordChanged");
    await audit(tx, { actorId: member.id, action: "member.password_changed", target: `member:${member.id}` });
  });
  return beginSession(member.id, browser);
}

/**
 * Asks for another e-mail address: it counts once the link mailed there is opened. The present one is told.
 * The same happens for an address that somebody else has, and only its reader learns of it.
 *
 * @throws InvalidInputError when the present password is wrong
 */
export async function changeEmail(member: Member, { current, email }: { current: string; email: string }): Promise<void> {
  await limitRate("mail-to", email.toLowerCase(), MAILS_PER_ADDRESS);
  const account = await proveIdentity(member, current);
  if (account.email?.toLowerCase() === email.toLowerCase()) throw new InvalidInputError("email", "accounts.sameAddress");
  await db.transaction(async (tx) => {
    await tx.update(members).set({ pendingEmail: email }).where(eq(members.id, member.id));
    await voidLinks(tx, member.id, ["verify", "change_email"]);
    await enqueue(tx, mailLink, { kind: account.emailVerifiedAt ? "change_email" : "verify", memberId: member.id, email }, { key: member.id });
    await tell(tx, account, account.email, "emailAsked");
    await audit(tx, { actorId: member.id, action: "member.email_change_asked", target: `member:${member.id}` });
  });
}

/** Who changes what opens the account shows once more that it is theirs: a session may have been left open. */
async function proveIdentity(member: Member, password: string): Promise<MemberRow> {
  await limitRate("prove", member.id, GUESSES);
  const [account] = await db.select().from(members).where(eq(members.id, member.id));
  if (!account || !(await verifyPassword(account.passwordHash, password))) throw new InvalidInputError("current", "accounts.wrongPassword");
  await forgiveRate("prove", member.id, GUESSES);
  return account;
}
