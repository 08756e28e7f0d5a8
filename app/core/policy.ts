import { ForbiddenError } from "./errors.ts";
import type { MessageKey, MessageValues } from "./messages.ts";

/** The answer to "may they?". A refusal says why: the key of a sentence for the person refused. */
export type Decision = { allowed: true } | { allowed: false; reason: MessageKey; values?: MessageValues };

export const allow: Decision = { allowed: true };

export function deny(reason: MessageKey, values?: MessageValues): Decision {
  return { allowed: false, reason, values };
}

/** @throws ForbiddenError carrying the policy's reason */
export function enforce(decision: Decision): void {
  if (!decision.allowed) throw new ForbiddenError(decision.reason, decision.values);
}
