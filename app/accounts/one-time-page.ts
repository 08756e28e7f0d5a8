import { data } from "@remix-run/node";

/**
 * A page behind a one-time link: kept by nobody, and its address told to no other site. Not "no-referrer": browsers then
 * send the page's own form with `Origin: null`, which is refused as a stranger's.
 */
const privately = { "Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex" };

/** For the route's `headers`. */
export const oneTimeHeaders = () => privately;

/** What the page shows; 410 when the link no longer works, which is `null`. */
export function oneTimePage<Shown extends object>(title: string, shown: Shown | null) {
  return data({ title, shown }, { status: shown ? 200 : 410, headers: privately });
}
