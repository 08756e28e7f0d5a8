import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enqueue } from "#app/core/jobs.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { beginSession } from "#app/core/session.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { members, type MemberRow } from "#db/schema/accounts.ts";
import { audit } from "#app/core/audit.ts";
import type { SignUpInput } from "./inputs.ts";
import { mailLink } from "./mail-link.ts";
import { weakness } from "./password-rules.ts";
import { hashPassword } from "./passwords.ts";
import type { Browser } from "./sign-in.ts";
import { readSiteName } from "./site-name.ts";
import { isReserved, usernameSkeleton } from "./usernames.ts";

const PER_NETWORK = { points: 10, perSeconds: 3600 };
/** However many accounts ask for it, nobody's inbox is filled by us. */
export const MAILS_PER_ADDRESS = { points: 5, perSeconds: 3600 };

/**
 * Makes an account that may read until its address is confirmed, and begins a session. Answers the cookie.
 *
 * Nothing here depends on whether the address is known already: the mail says so, to whoever reads it.
 *
 * @throws InvalidInputError for a name that is taken or kept, or a password that is easily guessed
 * @throws RateLimitedError after many from one network, or for one address
 */
export async function signUp({ username, email, password }: Omit<SignUpInput, "next">, browser: Browser): Promise<string> {
  await limitRate("sign-up", browser.ip, PER_NETWORK);
  await limitRate("mail-to", email.toLowerCase(), MAILS_PER_ADDRESS);
  await checkAccount(db, { username, email, password });
  const passwordHash = await hashPassword(password);

  const memberId = await db.transaction(async (tx) => {
    const { id } = await insertMember(tx, { username, passwordHash, pendingEmail: email });
    await enqueue(tx, mailLink, { kind: "verify", memberId: id, email }, { key: id });
    await audit(tx, { actorId: id, action: "member.signed_up", ip: browser.ip });
    return id;
  });
  return beginSession(memberId, browser);
}

/** @throws InvalidInputError at the field that cannot be taken */
export async function checkAccount(on: Executor, { username, email, password }: Omit<SignUpInput, "next">): Promise<void> {
  if (isReserved(username)) throw new InvalidInputError("username", "accounts.usernameTaken");
  const weak = weakness(password, { username, email, siteName: await readSiteName(on) });
  if (weak) throw new InvalidInputError("password", weak);
}

type NewMember = Pick<typeof members.$inferInsert, "username" | "passwordHash" | "email" | "pendingEmail" | "emailVerifiedAt">;

/** @throws InvalidInputError when the name, or one that looks like it, is taken */
export async function insertMember(tx: Tx, values: NewMember): Promise<MemberRow> {
  const [member] = await tx
    .insert(members)
    .values({ ...values, name: values.username, usernameSkeleton: usernameSkeleton(values.username) })
    .onConflictDoNothing()
    .returning();
  if (!member) throw new InvalidInputError("username", "accounts.usernameTaken");
  await record(tx, { type: "member.created", memberId: member.id });
  return member;
}
