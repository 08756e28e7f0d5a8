import { eq } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";

/** How a member signs in, for their own settings only. */
export async function readAccount(on: Executor, memberId: number) {
  const [row] = await on
    .select({ username: members.username, email: members.email, pendingEmail: members.pendingEmail, passwordHash: members.passwordHash })
    .from(members)
    .where(eq(members.id, memberId));
  if (!row) throw new NotFoundError("account");
  const { passwordHash, ...account } = row;
  return { ...account, hasPassword: passwordHash !== null };
}
