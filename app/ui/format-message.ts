import { IntlMessageFormat, type PrimitiveType } from "intl-messageformat";

export type MessageValues = Record<string, PrimitiveType>;

/** The made-up language that finds hard-coded text: every sentence of ours is accented and in brackets. */
export const PSEUDO_LOCALE = "en-XA";

const parsed = new Map<string, IntlMessageFormat>();

/** Fills an ICU message. Plain sentences, which are most, are not parsed at all. */
export function formatMessage(locale: string, text: string, values?: MessageValues): string {
  if (!/[{<']/.test(text)) return locale === PSEUDO_LOCALE ? pseudo(text) : text;
  const result = String(parse(locale, text).format(values));
  return locale === PSEUDO_LOCALE ? pseudo(result) : result;
}

/** The parsed message, kept: parsing costs a hundred times what filling does. */
export function parse(locale: string, text: string): IntlMessageFormat {
  const key = `${locale}\0${text}`;
  let format = parsed.get(key);
  if (!format) parsed.set(key, (format = new IntlMessageFormat(text, locale === PSEUDO_LOCALE ? "en" : locale)));
  return format;
}

const accents: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú", c: "ç", n: "ñ", y: "ý" };

/** For tests: what has been through a message file is recognised by its brackets. */
export function pseudo(text: string): string {
  return `⟦${text.replace(/[aeiouAEIOUcny]/g, (letter) => accents[letter]!)}⟧`;
}
