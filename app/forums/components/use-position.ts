import { useEffect, useRef } from "react";

/** A post counts as read when it has been on the screen this long. */
const READ_SECONDS = 1;
const SEND_SECONDS = 3;

type PositionProps = { path: string; /** Null where the address is another page's, and stays. */ address: string | null; /** How many are loaded: new ones are watched too. */ loaded: number; /** Told the highest number that has been read. */ onRead?: (number: number) => void };

/**
 * Lets the address, the timeline and the notes of what was read follow the eye. The address is only replaced, so that
 * Back leaves the topic at once and coming back finds the same post.
 */
export function usePosition({ path, address, loaded, onRead }: PositionProps): void {
  const tell = useRef(onRead);
  tell.current = onRead;
  const highest = useRef(0);

  useEffect(() => {
    const posts = [...document.querySelectorAll<HTMLElement>("[data-stream] [data-number]")];
    let isMoving = false;
    const onScroll = () => (isMoving = true);
    const top = new IntersectionObserver((entries) => {
      const entered = entries.filter(({ isIntersecting }) => isIntersecting).at(-1);
      if (!entered || !isMoving) return;
      if (address) showPosition(address, numberOf(entered.target));
    }, { rootMargin: "-72px 0px -75% 0px" });

    const timers = new Map<Element, ReturnType<typeof setTimeout>>();
    const reading = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(timers.get(target));
        if (isIntersecting) timers.set(target, setTimeout(() => (highest.current = Math.max(highest.current, numberOf(target))), READ_SECONDS * 1000));
      }
    });
    // The foot of each post is watched: whoever saw it has seen the rest, however long it is.
    for (const post of posts) {
      top.observe(post);
      reading.observe(post.querySelector(".post-acts") ?? post);
    }
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      window.removeEventListener("scroll", onScroll);
      top.disconnect();
      reading.disconnect();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [address, loaded]);

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

function showPosition(path: string, number: number): void {
  const address = number > 1 ? `${path}/${number}` : path;
  if (window.location.pathname !== address) window.history.replaceState(window.history.state, "", address);
  const label = document.querySelector<HTMLElement>("[data-position]");
  if (label) label.textContent = String(number);
  const marks = [...document.querySelectorAll<HTMLElement>("[data-timeline] a")];
  const here = marks.findLast((mark) => Number(mark.dataset.number) <= number);
  for (const mark of marks) {
    if (mark === here) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
  }
}
