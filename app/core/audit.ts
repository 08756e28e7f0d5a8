import type { Executor } from "#db/client.ts";
import { auditLog } from "#db/schema/accounts.ts";

type Entry = {
  /** Null for the system, or when nobody knows who it was. */
  actorId: number | null;
  /** `noun.verb`, in the past tense. */
  action: string;
  /** What it was done to, such as `member:12`. */
  target?: string;
  ip?: string;
  detail?: Record<string, unknown>;
};

/** Writes down, in the caller's transaction, what staff must be able to look up later. Never a secret. */
export async function audit(on: Executor, { actorId, action, target = "", ip, detail = {} }: Entry): Promise<void> {
  await on.insert(auditLog).values({ actorId, action, target, detail: ip ? { ...detail, ip } : detail });
}
