type Words = { locale: string; timeZone: string; today: string; yesterday: string };

/** "Today", "Yesterday", or the date, as the clock of the reader's zone says. */
export function dayOf(at: Date, { locale, timeZone, today, yesterday }: Words, now = new Date()): string {
  const language = locale === "en-XA" ? "en" : locale;
  const key = (date: Date) => new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(date);
  if (key(at) === key(now)) return today;
  if (key(at) === key(new Date(now.getTime() - 86_400_000))) return yesterday;
  return new Intl.DateTimeFormat(language, { timeZone, dateStyle: "full" }).format(at);
}
