/** Failures in a row after which nobody asks any more. */
const FAILURES = 3;
/** For how long, in milliseconds. Then one may try. */
const PAUSE = 30_000;

/**
 * Keeps those who ask from waiting for what is away: after three failures in a row it is left alone for half a minute,
 * then one is let through to see. `now` is in milliseconds.
 */
export function makeBreaker(now: () => number = () => performance.now()) {
  let failures = 0;
  let closedUntil = 0;
  return {
    mayAsk: () => failures < FAILURES || now() >= closedUntil,
    succeeded() {
      failures = 0;
    },
    failed() {
      failures++;
      closedUntil = now() + PAUSE;
    },
  };
}
