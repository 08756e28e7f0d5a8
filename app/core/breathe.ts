/** No request should wait for longer than this because of work that nobody waits for. */
const LONGEST_MS = 12;

/** For long work in the process that also answers people: called at each step, it lets them come in between now and then. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return new Promise((resolve) => setImmediate(() => ((since = performance.now()), resolve())));
  };
}
