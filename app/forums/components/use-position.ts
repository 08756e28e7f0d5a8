import { useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { atTop, isSettled } from "#app/ui/standing.ts";

/** A post counts as read when it has been on the screen this long. */
const READ_SECONDS = 1;
const SEND_SECONDS = 3;
/** The address changes when the eye rests: some browsers refuse more than a hundred changes in half a minute. */
const REST_MS = 150;
const POSTS = "[data-stream] [data-number]";

type PositionProps = { path: string; /** Null where the address is another page's, and stays. */ address: string | null; /** How many are loaded: new ones are watched too. */ loaded: number; /** Told the highest number that has been read. */ onRead?: (number: number) => void };

/**
 * Lets the address, the timeline and the notes of what was read follow the eye. The address is only replaced, so that
 * Back leaves the topic at once and coming back finds the same post.
 */
export function usePosition({ path, address, loaded, onRead }: PositionProps): void {
  const tell = useRef(onRead);
  tell.current = onRead;
  const highest = useRef(0);
  const { key } = useLocation();

  useEffect(() => {
    if (!address) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;
    const onScroll = () => {
      // Where an address led, it still names: at the end of a page that may be a post further down.
      if (isSettled()) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const post = atTop(POSTS);
        if (post) markPosition(numberOf(post));
      });
      clearTimeout(rest);
      rest = setTimeout(follow, REST_MS);
    };
    const follow = () => {
      clearTimeout(rest);
      const post = isSettled() ? undefined : atTop(POSTS);
      if (post) showAddress(address, numberOf(post), key);
    };
    addEventListener("scroll", onScroll, { passive: true });
    // Before a link leads away, so that Back comes to what was left.
    addEventListener("click", follow, true);
    addEventListener("pagehide", follow);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      removeEventListener("scroll", onScroll);
      removeEventListener("click", follow, true);
      removeEventListener("pagehide", follow);
    };
  }, [address, key]);

  useEffect(() => {
    const posts = [...document.querySelectorAll<HTMLElement>(POSTS)];
    const timers = new Map<Element, ReturnType<typeof setTimeout>>();
    const reading = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(timers.get(target));
        if (isIntersecting) timers.set(target, setTimeout(() => (highest.current = Math.max(highest.current, numberOf(target))), READ_SECONDS * 1000));
      }
    });
    // The foot of each post is watched: whoever saw it has seen the rest, however long it is.
    for (const post of posts) {
      reading.observe(post.querySelector(".post-acts") ?? post);
    }
    return () => {
      reading.disconnect();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [loaded]);

  useEffect(() => {
    let sent = 0;
    const send = () => {
      if (highest.current <= sent) return;
      sent = highest.current;
      tell.current?.(sent);
    };
    const timer = setInterval(send, SEND_SECONDS * 1000);
    document.addEventListener("visibilitychange", send);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", send);
      send();
      highest.current = 0;
    };
  }, [path]);
}

function numberOf(element: Element): number {
  return Number(element.closest<HTMLElement>("[data-number]")?.dataset.number ?? 0);
}

/** The router has gone on where the step is another: its address is not ours to change. */
function showAddress(path: string, number: number, key: string): void {
  const address = number > 1 ? `${path}/${number}` : path;
  const { state } = window.history as { state: { key?: string } | null };
  if (window.location.pathname !== address && (state?.key ?? "default") === key) window.history.replaceState(state, "", address);
}

function markPosition(number: number): void {
  const label = document.querySelector<HTMLElement>("[data-position]");
  if (label) label.textContent = String(number);
  const marks = [...document.querySelectorAll<HTMLElement>("[data-timeline] a")];
  const here = marks.findLast((mark) => Number(mark.dataset.number) <= number);
  for (const mark of marks) {
    if (mark === here) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
  }
}
