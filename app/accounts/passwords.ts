import { hash, verify } from "@node-rs/argon2";
import { RateLimitedError } from "#app/core/errors.ts";
import { shared } from "#app/core/shared.ts";

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash takes a core for some 30 ms: more at once would keep pages waiting. */
const AT_ONCE = 2;
/** Whoever would have to wait for more than this many others is asked to come back. */
const MAX_WAITING = 100;

/** Argon2id in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), COST));
}

/** Whether it is the password. Takes as long when there is no account or it has no password, and then says no. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const known = passwordHash ?? (await shared("a hash of nobody's password", () => hashPassword(crypto.randomUUID())));
  const matches = await inTurn(() => verify(known, normal(password)).catch(() => false));
  return matches && Boolean(passwordHash);
}

/** The same characters typed on another keyboard can come in another form. */
function normal(password: string): string {
  return password.normalize("NFKC");
}

/** @throws RateLimitedError when too many wait already */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const gate = shared("passwords being hashed", () => ({ running: 0, waiting: [] as (() => void)[] }));
  if (gate.waiting.length >= MAX_WAITING) throw new RateLimitedError(5);
  if (gate.running >= AT_ONCE) await new Promise<void>((resolve) => gate.waiting.push(resolve));
  else gate.running++;
  try {
    return await work();
  } finally {
    // The place is handed on rather than given up, so that nobody slips in between.
    const next = gate.waiting.shift();
    if (next) next();
    else gate.running--;
  }
}
