import { lazy, Suspense, useState, type ComponentProps } from "react";
import type { Composer as Whole } from "./composer.tsx";

// Guests read and never write, so what writing takes is no part of the script of every topic. A page that comes with the
// form is brought to life when that is there; until then the form works as a form does without scripts.
const load = () => import("./composer.tsx");
const Later = lazy(async () => ({ default: (await load()).Composer })) as unknown as typeof Whole;
let Now: typeof Whole | undefined = import.meta.env.SSR ? (await load()).Composer : undefined;

/**
 * Settled when the page that came from the server can be brought to life; null where it has no such form. React must not
 * find a form that it has to wait for: what is done on the page meanwhile would fail.
 */
export const composerLoaded: Promise<void> | null =
  import.meta.env.SSR || !document.querySelector("#reply form") ? null : load().then(({ Composer }) => void (Now = Composer));

/** The composer, for whoever may write here. */
export function ComposerWhenNeeded(props: ComponentProps<typeof Whole>) {
  // Never exchanged for the other, which would begin anew.
  const [Composer] = useState(() => Now);
  return Composer ? <Composer {...props} /> : <Suspense><Later {...props} /></Suspense>;
}
