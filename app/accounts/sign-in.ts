import { and, eq, isNotNull, sql } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import { forgiveRate, limitRate } from "#app/core/rate-limit.ts";
import { beginSession } from "#app/core/session.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { audit } from "#app/core/audit.ts";
import type { SignInInput } from "./inputs.ts";
import { verifyPassword } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

// Failures only: what was right is taken back. One account may be tried from many places, and its owner from one of
// them, so its limit is wide and forgets soon.
const PER_NETWORK = { points: 6, perSeconds: 60 };
const PER_NETWORK_LONG = { points: 30, perSeconds: 3600 };
const PER_ACCOUNT = { points: 20, perSeconds: 900 };

export type Browser = { ip: string; userAgent: string };

/**
 * Begins a session for whoever knows the password, and ends the one this browser had before. Answers the cookie.
 *
 * An unknown name takes as long and is told the same as a wrong password.
 *
 * @throws InvalidInputError when they do not belong together
 * @throws RateLimitedError after too many failures from one network or for one account
 */
export async function signIn(viewer: Viewer, { login, password }: Omit<SignInInput, "next">, browser: Browser): Promise<string> {
  const limits = [
    ["sign-in", browser.ip, PER_NETWORK],
    ["sign-in-long", browser.ip, PER_NETWORK_LONG],
    ["sign-in-account", login.toLowerCase(), PER_ACCOUNT],
  ] as const;
  for (const [name, key, limit] of limits) await limitRate(name, key, limit);

  const account = await findAccount(db, login);
  const isRight = await verifyPassword(account?.passwordHash, password);
  await audit(db, { actorId: account?.id ?? null, action: isRight ? "session.began" : "session.refused", ip: browser.ip });
  if (!account || !isRight) throw new InvalidInputError("password", "accounts.wrongCredentials");

  for (const [name, key, limit] of limits) await forgiveRate(name, key, limit);
  if (viewer.kind === "member" && viewer.sessionId) await endSessions(viewer.id, [viewer.sessionId]);
  return beginSession(account.id, browser);
}

/** By username or proven e-mail address, whatever their capitals. */
async function findAccount(on: Executor, login: string) {
  const isAddress = login.includes("@");
  const matches = eq(sql`lower(${isAddress ? members.email : members.username})`, login.toLowerCase());
  const [account] = await on
    .select({ id: members.id, passwordHash: members.passwordHash })
    .from(members)
    .where(isAddress ? and(matches, isNotNull(members.emailVerifiedAt)) : matches);
  return account;
}
