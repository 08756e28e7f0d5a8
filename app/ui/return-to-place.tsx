import { useLocation, useNavigation, useNavigationType } from "@remix-run/react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { holdStanding, keepStanding, standingAt, storeStandings } from "./standing.ts";

/**
 * Brings those who come back to what they were reading, at the same height. Stands behind the router's own restoring,
 * which counts pixels from the top: those are others once the page has grown, or begins elsewhere.
 */
export function ReturnToPlace() {
  const { key } = useLocation();
  const isBack = useNavigationType() === "POP";
  const isLeaving = useNavigation().state !== "idle";
  const here = useRef(key);

  useLayoutEffectInBrowser(() => {
    if (isLeaving) keepStanding(here.current);
  }, [isLeaving]);

  useLayoutEffectInBrowser(() => {
    here.current = key;
    const standing = isBack ? standingAt(key) : undefined;
    return standing && holdStanding(standing);
  }, [key, isBack]);

  useEffect(() => {
    let frame = 0;
    const onScroll = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => keepStanding(here.current));
    };
    const onHide = () => {
      keepStanding(here.current);
      storeStandings();
    };
    // A step can be over before we hear that it has begun.
    const onClick = () => keepStanding(here.current);
    addEventListener("scroll", onScroll, { passive: true });
    addEventListener("click", onClick, true);
    addEventListener("pagehide", onHide);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", onScroll);
      removeEventListener("click", onClick, true);
      removeEventListener("pagehide", onHide);
    };
  }, []);
  return null;
}

/** Whether this page is one that the reader comes back to, and is brought to their place in. */
export function useIsReturn(): boolean {
  const { key } = useLocation();
  const isBack = useNavigationType() === "POP";
  const first = useRef<{ key: string; isReturn: boolean }>();
  if (first.current?.key !== key) first.current = { key, isReturn: isBack && typeof window !== "undefined" && standingAt(key) !== undefined };
  return first.current.isReturn;
}

const useLayoutEffectInBrowser = typeof window === "undefined" ? useEffect : useLayoutEffect;
