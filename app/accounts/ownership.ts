import { and, eq, isNull } from "drizzle-orm";
import { ForbiddenError } from "#app/core/errors.ts";
import { beginSession } from "#app/core/session.ts";
import { db, type Executor } from "#db/client.ts";
import { memberRoles } from "#db/schema/community.ts";
import { audit } from "#app/core/audit.ts";
import type { SignUpInput } from "./inputs.ts";
import { createLink, readLink, useLink } from "./links.ts";
import { hashPassword } from "./passwords.ts";
import type { Browser } from "./sign-in.ts";
import { checkAccount, insertMember } from "./sign-up.ts";

const LINK_DAYS = 7;

/**
 * The path of the link that makes the first owner, for the log of whoever starts the community; null once there is
 * one. The link of an earlier start no longer works.
 */
export async function offerOwnership(): Promise<string | null> {
  return db.transaction(async (tx) => {
    if (await hasOwner(tx)) return null;
    return `/setup/${await createLink(tx, { kind: "claim_ownership", memberId: null, email: null, minutes: LINK_DAYS * 24 * 60 })}`;
  });
}

export async function canClaimOwnership(token: string): Promise<boolean> {
  return (await readLink(db, ["claim_ownership"], token)) !== undefined && !(await hasOwner(db));
}

/**
 * Makes the first owner. Whoever reads the log of the server is trusted, with their address too. Answers the cookie
 * of their session.
 *
 * @throws ForbiddenError when the link was used or replaced, or there is an owner already
 */
export async function claimOwnership(token: string, { username, email, password }: Omit<SignUpInput, "next">, browser: Browser): Promise<string> {
  if (!(await canClaimOwnership(token))) throw new ForbiddenError("accounts.linkDead");
  await checkAccount(db, { username, email, password });
  const passwordHash = await hashPassword(password);
  const memberId = await db.transaction(async (tx) => {
    // Taking the link comes first: its row makes a second claim at the same moment wait, and then fail.
    if (!(await useLink(tx, ["claim_ownership"], token)) || (await hasOwner(tx))) throw new ForbiddenError("accounts.linkDead");
    const owner = await insertMember(tx, { username, passwordHash, email, emailVerifiedAt: new Date() });
    await tx.insert(memberRoles).values({ memberId: owner.id, role: "owner" });
    await audit(tx, { actorId: owner.id, action: "community.claimed", target: `member:${owner.id}`, ip: browser.ip });
    return owner.id;
  });
  return beginSession(memberId, browser);
}

async function hasOwner(on: Executor): Promise<boolean> {
  return (await on.$count(memberRoles, and(eq(memberRoles.role, "owner"), isNull(memberRoles.divisionId)))) > 0;
}
