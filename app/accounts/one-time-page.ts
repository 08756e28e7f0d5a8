import { data } from "@remix-run/node";

/** A page behind a one-time link: kept by nobody, and its address told to nobody. */
const privately = { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex" };

/** For the route's `headers`. */
export const oneTimeHeaders = () => privately;

/** What the page shows; 410 when the link no longer works, which is `null`. */
export function oneTimePage<Shown extends object>(title: string, shown: Shown | null) {
  return data({ title, shown }, { status: shown ? 200 : 410, headers: privately });
}
