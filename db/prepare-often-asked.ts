import type { Sql, TransactionSql } from "postgres";

/** How many statements each connection may keep: every one takes memory of the database. */
const MOST_STATEMENTS = 300;
/** Beyond this many different texts the count begins anew: lists of values of every length make texts without end. */
const MOST_SEEN = 3000;

/**
 * Lets the database keep what it has worked out for a statement asked a second time. Drizzle asks anew each time, which
 * takes two ways to the database instead of one, and planning takes longer than most of our queries run.
 */
export function prepareOftenAsked(client: Sql): Sql {
  const seen = new Set<string>();
  const kept = new Set<string>();

  function isWorthKeeping(text: string): boolean {
    if (kept.has(text)) return true;
    if (kept.size >= MOST_STATEMENTS) return false;
    if (seen.delete(text)) {
      kept.add(text);
      return true;
    }
    if (seen.size >= MOST_SEEN) seen.clear();
    seen.add(text);
    return false;
  }

  function improve(session: Sql | TransactionSql): void {
    const ask = session.unsafe;
    // Without values it may be several statements in one text, which only the plain way takes.
    session.unsafe = ((text, values = [], options = {}) => ask(text, values, { ...options, prepare: values.length > 0 && isWorthKeeping(text) })) as typeof ask;
  }

  function improveNested(session: TransactionSql): void {
    improve(session);
    const { savepoint } = session;
    session.savepoint = ((first: unknown, second?: unknown) => {
      const inside = (typeof first === "function" ? first : second) as (nested: TransactionSql) => unknown;
      const improved = (nested: TransactionSql) => (improveNested(nested), inside(nested));
      return typeof first === "string" ? savepoint(first, improved) : savepoint(improved);
    }) as typeof savepoint;
  }

  improve(client);
  const { begin } = client;
  client.begin = ((first: unknown, second?: unknown) => {
    const inside = (typeof first === "function" ? first : second) as (session: TransactionSql) => unknown;
    const improved = (session: TransactionSql) => (improveNested(session), inside(session));
    return typeof first === "string" ? begin(first, improved) : begin(improved);
  }) as typeof begin;
  return client;
}
