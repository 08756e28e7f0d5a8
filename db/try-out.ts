import { TransactionRollbackError } from "drizzle-orm";
import { db, type Tx } from "./client.ts";

/**
 * What would come of this: it is done in a transaction and taken back, so that what is said before is what happens after.
 *
 * @throws whatever the work throws
 */
export async function tryOut<Outcome>(work: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
  const found: { outcome?: Outcome } = {};
  try {
    await db.transaction(async (tx) => {
      found.outcome = await work(tx);
      tx.rollback();
    });
  } catch (error) {
    if (!(error instanceof TransactionRollbackError)) throw error;
  }
  return found.outcome as Outcome;
}
