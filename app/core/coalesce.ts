import { shared } from "./shared.ts";

const waiting = shared("coalesce", () => new Map<string, (() => void) | null>());

/** Runs at once, and what is asked for again within `everyMs` once more at its end: the latest, the others are dropped. */
export function coalesce(key: string, everyMs: number, run: () => void): void {
  if (waiting.has(key)) return void waiting.set(key, run);
  waiting.set(key, null);
  run();
  setTimeout(() => {
    const next = waiting.get(key);
    waiting.delete(key);
    if (next) coalesce(key, everyMs, next);
  }, everyMs).unref();
}
