import { createContext, useContext, type ReactNode } from "react";
import { useLanguage } from "./i18n.tsx";

/** Remembers on the server what parts of pages looked like: see app/core/kept-markup.ts. */
export type Keeper = {
  /** What stands for the inside of an element as it looked when it was made of the same; undefined when it has to be made. */
  take: (opening: string, closing: string, key: string) => string | undefined;
};

/** Undefined in the browser, which makes everything itself. */
export const KeeperContext = createContext<Keeper | undefined>(undefined);

type Inside = { children: ReactNode } | { dangerouslySetInnerHTML: { __html: string } };

/**
 * The inside of an element that many pages show alike, to be spread onto it: `<li data-topic={id} {...inside} />`. The
 * server makes it once for the same content, whoever looks, because making it costs a hundred times what looking it up
 * does. What may be shared is exact by construction: `show` may use nothing but `of` and the reader's language, and all
 * of `of` is compared. Time that passes belongs into `of` as the words for it. No `useId` inside.
 *
 * @param opening how the element begins in HTML, such as `<li data-topic="12"`; no other on the page begins so. Null
 * where it is not worth keeping, because nothing like it is shown again
 * @param closing how it ends, `</li>`; nothing inside ends so
 */
export function useKept<Of>(opening: string | null, closing: string, of: Of, show: (of: Of) => ReactNode): Inside {
  const keeper = useContext(KeeperContext);
  const { locale, timeZone } = useLanguage();
  const html = opening === null ? undefined : keeper?.take(opening, closing, JSON.stringify([locale, timeZone, of]));
  return html === undefined ? { children: show(of) } : { dangerouslySetInnerHTML: { __html: html } };
}
