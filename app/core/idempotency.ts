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
 * `look` is asked on the same way to the database as the key. `act` gets what it found, and may hand its result to `keep`
 * while it still writes other things, which spares another way.
 *
 * @throws ConflictError when the same key comes with other content
 */
export async function once<Result extends Record<string, unknown>, Seen = undefined>(
  tx: Tx,
  memberId: number,
  key: string | undefined,
  content: unknown,
  act: (seen: Seen, keep: (result: Result) => Promise<void>) => Promise<Result>,
  look: () => Promise<Seen> = async () => undefined as Seen,
): Promise<Result> {
  if (!key) return act(await look(), async () => {});
  const requestHash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  // The row is taken first: a second request with the key waits here until the first has committed.
  const [[taken], [seen]] = await Promise.all([take(tx, { memberId, key, requestHash }), Promise.allSettled([look()])]);
  const where = and(eq(idempotencyKeys.memberId, memberId), eq(idempotencyKeys.key, key));
  if (!taken) {
    const [before] = await tx.select().from(idempotencyKeys).where(where);
    if (before?.requestHash !== requestHash) throw new ConflictError("core.sentBefore");
    return before.result as Result;
  }
  if (seen.status === "rejected") throw seen.reason;
  let isKept = false;
  const keep = async (result: Result): Promise<void> => {
    isKept = true;
    await answer(tx, { memberId, key, result: JSON.stringify(result) });
  };
  const result = await act(seen.value, keep);
  if (!isKept) await keep(result);
  return result;
}

const take = preparedSql(() => sql`
  insert into idempotency_keys (member_id, key, request_hash, result)
  values (${sql.placeholder("memberId")}::bigint, ${sql.placeholder("key")}::uuid, ${sql.placeholder("requestHash")}::text, '{}')
  on conflict do nothing returning key`);

const answer = preparedSql(() => sql`
  update idempotency_keys set result = ${sql.placeholder("result")}::jsonb where member_id = ${sql.placeholder("memberId")}::bigint and key = ${sql.placeholder("key")}::uuid`);
