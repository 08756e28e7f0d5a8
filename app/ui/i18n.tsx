import { createContext, useContext, useMemo, type ReactNode } from "react";
import { formatMessage, parse, PSEUDO_LOCALE, type MessageValues } from "./format-message.ts";

type Catalog = Record<string, Record<string, string>>;
export type Language = {
  locale: string;
  timeZone: string;
  /** Sentences in another language than English, by area. English comes with the components. */
  catalog?: Catalog;
};

const LanguageContext = createContext<Language>({ locale: "en", timeZone: "UTC" });
export const LanguageProvider = LanguageContext.Provider;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

type RichValues = Record<string, ReactNode | ((parts: ReactNode[]) => ReactNode)>;
export type Translate<Messages> = {
  (key: keyof Messages & string, values?: MessageValues): string;
  /** For sentences with `<b>tags</b>` or values that are elements. */
  rich: (key: keyof Messages & string, values: RichValues) => ReactNode;
};

/**
 * The sentences of one area: `const t = useT("forums", en)`, with `en` imported from `../messages/en.json`, so that
 * keys are checked and a page loads the files it uses only.
 */
export function useT<Messages extends Record<string, string>>(area: string, english: Messages): Translate<Messages> {
  const { locale, catalog } = useLanguage();
  return useMemo(() => {
    const textOf = (key: string) => catalog?.[area]?.[key] ?? english[key] ?? key;
    const t = (key: string, values?: MessageValues) => formatMessage(locale, textOf(key), values);
    const rich = (key: string, values: RichValues) => {
      const parts = parse(locale, textOf(key)).format<ReactNode>(values as never);
      const nodes = Array.isArray(parts) ? parts.map((part, index) => (typeof part === "object" ? <span key={index}>{part}</span> : part)) : parts;
      return locale === PSEUDO_LOCALE ? <>⟦{nodes}⟧</> : nodes;
    };
    return Object.assign(t, { rich }) as Translate<Messages>;
  }, [area, catalog, english, locale]);
}
