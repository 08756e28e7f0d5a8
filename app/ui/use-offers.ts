import { useEffect, useState } from "react";

/**
 * What the server offers for something that is being written: asked for at `address` once the fingers have rested for
 * `pauseMs`; the last answer stays until the next one is there. No address, no offers. `read` takes them out of the JSON
 * that came, `first` is what was known before anything was asked.
 */
export function useOffers<Answer, Offer>(address: string | null, read: (answer: Answer) => Offer[], { pauseMs, first = [] }: { pauseMs: number; first?: Offer[] }): Offer[] {
  const [offers, setOffers] = useState(first);
  useEffect(() => {
    if (address === null) return setOffers([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      fetch(address, { signal: stop.signal })
        .then(async (answer) => (answer.ok ? read((await answer.json()) as Answer) : []))
        .then(setOffers)
        .catch(() => {
          // Typed on, or no network: writing goes on without.
        });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // `read` takes nothing but its answer.
  }, [address, pauseMs]);
  return offers;
}
