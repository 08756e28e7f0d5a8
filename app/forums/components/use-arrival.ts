import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** Brings the post an address names into view, after the browser and the router have had their say about where to stand. */
export function useArrival(number: number | null): void {
  const { key } = useLocation();
  useEffect(() => {
    if (!number) return;
    const frame = requestAnimationFrame(() => {
      const post = document.querySelector<HTMLElement>(`[data-stream] [data-number="${number}"]`);
      const mark = post?.previousElementSibling?.matches(".continue") ? post.previousElementSibling : post;
      mark?.scrollIntoView({ block: "start", behavior: "instant" });
      post?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [number, key]);
}
