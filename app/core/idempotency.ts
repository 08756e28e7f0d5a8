import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "#db/client.ts";
import { preparedSql } from "#db/prepared.ts";
import { idempotencyKeys } from "#db/schema/forums.ts";
import { ConflictError } from "./errors.ts";

/** A form's own number, made when it was shown: sent twice, it is answered once. Optional, for forms made by hand. */
export const idempotencyField = z.uuid().optional().catch(undefined);

/**
 * Does something once for each key: a double click, a retry after a lost answer or a second tab gets the first
 * answer again. The key is kept in the caller's transaction, so it exists if and only if what it answers for does.
 *
 * @throws ConflictError when the same key comes with other content
 */
export async function once<Result extends Record<string, unknown>>(
  tx: Tx,
  memberId: number,
  key: string | undefined,
  content: unknown,
  act: () => Promise<Result>,
): Promise<Result> {
  if (!key) return act();
  const requestHash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  // The row is taken first: a second request with the key waits here until the first has committed.
  const [taken] = await take(tx, { memberId, key, requestHash });
  const where = and(eq(idempotencyKeys.memberId, memberId), eq(idempotencyKeys.key, key));
  if (!taken) {
    const [before] = await tx.select().from(idempotencyKeys).where(where);
    if (before?.requestHash !== requestHash) throw new ConflictError("core.sentBefore");
    return before.result as Result;
  }
  const result = await act();
  await keep(tx, { memberId, key, result: JSON.stringify(result) });
  return result;
}

const take = preparedSql(() => sql`
  insert into idempotency_keys (member_id, key, request_hash, result)
  values (${sql.placeholder("memberId")}::bigint, ${sql.placeholder("key")}::uuid, ${sql.placeholder("requestHash")}::text, '{}')
  on conflict do nothing returning key`);

const keep = preparedSql(() => sql`
  update idempotency_keys set result = ${sql.placeholder("result")}::jsonb where member_id = ${sql.placeholder("memberId")}::bigint and key = ${sql.placeholder("key")}::uuid`);
