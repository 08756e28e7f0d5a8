import { useLanguage } from "#app/ui/i18n.tsx";
import { fullDate } from "#app/ui/time.tsx";

/** The day an article came out, in the reader's zone: what is read for years is not "3 days ago". */
export function Day({ at, className }: { at: Date; className?: string }) {
  const { locale, timeZone } = useLanguage();
  return <time dateTime={at.toISOString()} title={fullDate(at, locale, timeZone)} className={className} suppressHydrationWarning>{dayIn(at, locale, timeZone)}</time>;
}

/** "12 March 2026 at 14:05 (Europe/Rome)": for what is to happen, in the zone it was said in. */
export function momentWords(at: Date, zone: string, locale: string): string {
  return `${fullDate(at, locale, zone)} (${zone})`;
}

function dayIn(at: Date, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale === "en-XA" ? "en" : locale, { dateStyle: "long", timeZone }).format(at);
}
