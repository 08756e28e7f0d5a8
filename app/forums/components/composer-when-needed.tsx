import { lazy, Suspense, type ComponentProps } from "react";
import type { Composer as Whole } from "./composer.tsx";

// Guests read and never write, so what writing takes is no part of the script of every topic. A page that has the form
// asks for it before anything else is brought to life; until then the form works as a form does without scripts.
const load = () => import("./composer.tsx");
const loading = !import.meta.env.SSR && document.querySelector("#reply form") ? load() : null;
const Composer: typeof Whole = import.meta.env.SSR
  ? (await load()).Composer
  : (lazy(async () => ({ default: (await (loading ?? load())).Composer })) as unknown as typeof Whole);

/** The composer, for whoever may write here. */
export function ComposerWhenNeeded(props: ComponentProps<typeof Whole>) {
  return <Suspense><Composer {...props} /></Suspense>;
}
