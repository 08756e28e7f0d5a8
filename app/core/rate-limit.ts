import cluster from "node:cluster";
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { RateLimiterCluster, RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import { createClient } from "redis";
import { config } from "./config.ts";
import { RateLimitedError } from "./errors.ts";
import { log } from "./log.ts";
import { shared } from "./shared.ts";

// Counted in Redis where REDIS_URL is set, which is how several processes share anything but rows. Without it each
// process counts for itself, and starts anew when it does; those that one start brings up (WEB_PROCESSES) are counted
// together by the first of them. While Redis is away every process counts for itself too:
// a limit is never simply off.

type Limit = { points: number; perSeconds: number };

/**
 * Counts one attempt of someone at something.
 *
 * `key` is a member's id or an address of the network. Of an IPv6 address the first 64 bits count: that is what one
 * household gets, and it could otherwise come from a new address each time.
 *
 * @throws RateLimitedError when they have used up their attempts, saying when the next is allowed
 */
export async function limitRate(name: string, key: string | number, limit: Limit): Promise<void> {
  try {
    await limiterOf(name, limit).consume(keyOf(key));
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new RateLimitedError(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
  }
}

/** Takes one attempt back, because it turned out to be no abuse: a password that was right. */
export async function forgiveRate(name: string, key: string | number, limit: Limit): Promise<void> {
  await limiterOf(name, limit).reward(keyOf(key));
}

/** Who is counted: a network address shortened to what one connection gets, anything long as its hash. */
export function keyOf(key: string | number): string {
  const text = String(key).toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (mapped) return mapped[1]!;
  if (isIPv6(text)) return networkOf(text);
  return text.length > 40 ? createHash("sha256").update(text).digest("hex") : text;
}

/** The first four groups, with the zeros that `::` leaves out. */
function networkOf(address: string): string {
  const [head = "", tail] = address.split("%")[0]!.split("::");
  const groups = (part: string) => part.split(":").filter(Boolean).flatMap((group) => (group.includes(".") ? ["", ""] : [group]));
  const before = groups(head);
  const after = groups(tail ?? "");
  const all = tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return `${all.slice(0, 4).map((group) => Number.parseInt(group || "0", 16).toString(16)).join(":")}::/64`;
}

function limiterOf(name: string, { points, perSeconds }: Limit): Pick<RateLimiterAbstract, "consume" | "reward"> {
  const keyPrefix = `limit:${name}:${points}/${perSeconds}`;
  return shared(keyPrefix, () => {
    const own = new RateLimiterMemory({ keyPrefix, points, duration: perSeconds });
    const redis = redisForLimits();
    if (redis) return new RateLimiterRedis({ storeClient: redis, useRedisPackage: true, keyPrefix, points, duration: perSeconds, insuranceLimiter: own, rejectIfRedisNotReady: true });
    return cluster.isWorker ? insured(new RateLimiterCluster({ keyPrefix, points, duration: perSeconds, timeoutMs: 3000 }), own) : own;
  });
}

/** Asks the process that counts for all; when that one gives no answer, counts here. */
function insured(first: RateLimiterAbstract, own: RateLimiterAbstract): Pick<RateLimiterAbstract, "consume" | "reward"> {
  const orOwn = (answer: Promise<RateLimiterRes>, instead: () => Promise<RateLimiterRes>) =>
    answer.catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) throw refused;
      return instead();
    });
  return {
    consume: (key) => orOwn(first.consume(key), () => own.consume(key)),
    reward: (key) => orOwn(first.reward(key), () => own.reward(key)),
  };
}

function redisForLimits() {
  if (!config.redisUrl) return null;
  return shared("redis for limits", () => {
    const client = createClient({ url: config.redisUrl, disableOfflineQueue: true });
    client.on("error", (error: Error) => log.warn({ reason: error.message }, "Redis is away: limits are counted in each process"));
    void client.connect().catch(() => {});
    return client;
  });
}
