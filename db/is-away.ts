const CODES = new Set([
  // What Node says of the connection.
  "ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH",
  // What postgres.js says of it.
  "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED",
  // What PostgreSQL says when it stops, starts, is full, or takes too long.
  "57P01", "57P02", "57P03", "53300", "57014", "55P03", "25006", "53100",
]);

/** Whether a query failed because the database could not be asked just now, so that the same will work later. */
export function isDatabaseAway(error: unknown): boolean {
  for (let one = error as { code?: unknown; cause?: unknown } | undefined, depth = 0; one && depth < 5; one = one.cause as typeof one, depth++) {
    if (typeof one.code === "string" && CODES.has(one.code)) return true;
  }
  return false;
}

/** Whether PostgreSQL refused a value as such: text it cannot hold, such as a NUL, a number too large, or one that names no row. */
export function isBadValue(error: unknown): boolean {
  for (let one = error as { code?: unknown; cause?: unknown } | undefined, depth = 0; one && depth < 5; one = one.cause as typeof one, depth++) {
    if (typeof one.code === "string" && /^(22021|22P05|22P02|22003|22001|23503)$/.test(one.code)) return true;
  }
  return false;
}
