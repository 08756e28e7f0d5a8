
/**
 * Lets the process live through a fault of the `postgres` driver (3.4.9): a write that was put off to the next turn
 * finds the connection closed meanwhile, and throws where nobody can catch it. The driver has by then refused the
 * queries of that connection, and opens another for the next one. Any other error nobody caught ends the process as ever.
 */
export function surviveDriverFault(end: (error: unknown) => void): void {
  process.on("uncaughtException", (error) => {
    if (isWriteAfterClose(error)) console.warn("a connection to the database closed while something was being written to it");
    else end(error);
  });
}

/** Told by both its words and the place it comes from, so that no fault of ours is taken for it. */
export function isWriteAfterClose(error: unknown): boolean {
  return error instanceof TypeError && /reading 'write'/.test(error.message) && /nextWrite .*node_modules[\\/]postgres[\\/]/.test(error.stack ?? "");
}
