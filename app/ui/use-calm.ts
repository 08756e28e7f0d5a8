import { useCallback, useEffect, useRef } from "react";

/** However much happens, a page asks for its data once a second at most. */
const EVERY_MS = 1000;

/** Runs at once, and for whatever asks within the next second once at its end. Waits while busy, and while nobody looks. */
export function useCalm(run: () => void, isBusy: boolean): () => void {
  const latest = useRef({ run, isBusy });
  latest.current = { run, isBusy };
  const lastAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const ask = useCallback(() => {
    if (timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (latest.current.isBusy) return ask();
      if (document.hidden) return document.addEventListener("visibilitychange", ask, { once: true });
      lastAt.current = Date.now();
      latest.current.run();
    }, Math.max(latest.current.isBusy ? 100 : 0, lastAt.current + EVERY_MS - Date.now()));
  }, []);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      document.removeEventListener("visibilitychange", ask);
    },
    [ask],
  );
  return ask;
}
