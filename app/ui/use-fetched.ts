import { useEffect, useRef } from "react";

/**
 * Tells once of each answer that a fetcher brings from now on: its name may be one that another page's fetcher had, with
 * what that one held. Never let an effect depend on `fetcher.data`: the router changes
 * what a fetcher holds before React hears of it. A render in between finds nothing new and is thrown away with its
 * effects, but what they depend on is remembered as seen, and the answer is never told.
 */
export function useFetched<Data>({ state, data }: { state: string; data: Data | undefined }, onAnswer: (data: Data) => void): void {
  const told = useRef(data);
  useEffect(() => {
    if (state !== "idle" || data === undefined || told.current === data) return;
    told.current = data;
    onAnswer(data);
  });
}
