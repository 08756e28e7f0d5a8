type Act = () => void;
type Waiting = { [WAITING]?: Act[] };
// The same in every copy of this module, as the pool is.
const WAITING = Symbol.for("wellspring.afterCommit");

/** Does this once the transaction, one begun on the pool, has committed, before whoever asked for it goes on; never when it was rolled back. */
export function afterCommit(tx: object, act: Act): void {
  ((tx as Waiting)[WAITING] ??= []).push(act);
}

/** Makes a pool's transactions do what waits for their commit. What is done must not throw: nothing could be undone any more. */
export function withAfterCommit<Pool extends { transaction: (work: never, ...more: never[]) => Promise<unknown> }>(db: Pool): Pool {
  const begin = db.transaction.bind(db) as (work: (tx: object) => unknown, ...more: unknown[]) => Promise<unknown>;
  db.transaction = async (work: (tx: object) => unknown, ...more: unknown[]) => {
    let own: Waiting | undefined;
    const result = await begin((tx) => work((own = tx)), ...more);
    for (const act of own?.[WAITING] ?? []) act();
    return result;
  };
  return db;
}
