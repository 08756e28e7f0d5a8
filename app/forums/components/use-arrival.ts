import { useLocation } from "@remix-run/react";
import { useEffect } from "react";
import { useIsReturn } from "#app/ui/return-to-place.tsx";
import { noteSettled } from "#app/ui/standing.ts";

/**
 * Brings the post an address names into view, after the browser and the router have had their say about where to stand.
 * Who comes back is brought to where they stood instead.
 */
export function useArrival(number: number | null): void {
  const { key } = useLocation();
  const isReturn = useIsReturn();
  useEffect(() => {
    if (!number || isReturn) return;
    const frame = requestAnimationFrame(() => {
      const post = document.querySelector<HTMLElement>(`[data-stream] [data-number="${number}"]`);
      const mark = post?.previousElementSibling?.matches(".continue") ? post.previousElementSibling : post;
      mark?.scrollIntoView({ block: "start", behavior: "instant" });
      post?.focus({ preventScroll: true });
      noteSettled();
    });
    return () => cancelAnimationFrame(frame);
  }, [number, key, isReturn]);
}
