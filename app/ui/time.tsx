import { useLanguage } from "./i18n.tsx";

type TimeProps = { at: Date; /** What `relativeTime` said, where it is asked for beforehand. */ ago?: string; className?: string };

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_556_952], ["month", 2_629_746], ["day", 86_400], ["hour", 3600], ["minute", 60],
];

const formats = new Map<string, Intl.RelativeTimeFormat | Intl.DateTimeFormat>();

/** How long ago, with the full date in the reader's zone on hover. */
export function Time({ at, ago, className }: TimeProps) {
  const { locale, timeZone } = useLanguage();
  return (
    <time dateTime={at.toISOString()} title={fullDate(at, locale, timeZone)} className={className} suppressHydrationWarning>
      {ago ?? relativeTime(at, locale)}
    </time>
  );
}

/** "3 hours ago", in the reader's language. Below a minute it is "now", a day before it "yesterday". */
export function relativeTime(at: Date, locale: string, now = Date.now()): string {
  const seconds = (at.getTime() - now) / 1000;
  const [unit, length] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", Infinity];
  // Something of five weeks ago is not always of last month.
  const numeric = unit === "day" || unit === "second" ? "auto" : "always";
  const format = kept(`r${numeric}${locale}`, () => new Intl.RelativeTimeFormat(safe(locale), { numeric, style: "short" })) as Intl.RelativeTimeFormat;
  return length === Infinity ? format.format(0, "second") : format.format(Math.trunc(seconds / length), unit);
}

/** "12 March 2026 at 14:05". */
export function fullDate(at: Date, locale: string, timeZone: string): string {
  const format = kept(`f${locale}${timeZone}`, () => new Intl.DateTimeFormat(safe(locale), { dateStyle: "long", timeStyle: "short", timeZone })) as Intl.DateTimeFormat;
  return format.format(at);
}

/** Making a format costs a thousand times what using it does. */
function kept<Format extends Intl.RelativeTimeFormat | Intl.DateTimeFormat>(key: string, make: () => Format): Intl.RelativeTimeFormat | Intl.DateTimeFormat {
  let format = formats.get(key);
  if (!format) formats.set(key, (format = make()));
  return format;
}

function safe(locale: string): string {
  return locale === "en-XA" ? "en" : locale;
}
