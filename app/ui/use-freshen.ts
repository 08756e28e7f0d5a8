import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

/** However much happens, a page asks for its data once a second at most. */
const EVERY_MS = 1000;

/** Reloads this page's data: at once, and for whatever comes within the next second once at its end. */
export function useFreshen(): () => void {
  const { revalidate, state } = useRevalidator();
  const lastAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef(false);
  busy.current = state === "loading";

  const freshen = useCallback(() => {
    if (timer.current) return;
    const wait = Math.max(0, lastAt.current + EVERY_MS - Date.now(), busy.current ? 100 : 0);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (busy.current) return freshen();
      // Nobody looks: once they do is early enough.
      if (document.hidden) return document.addEventListener("visibilitychange", freshen, { once: true });
      lastAt.current = Date.now();
      revalidate();
    }, wait);
  }, [revalidate]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return freshen;
}
