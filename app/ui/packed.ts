/** Of what was packed or unpacked last: the server shows at once what it has just packed, the browser what it shows already. */
const MOST_KEPT = 24;
/** The newest at the end. Looked through from there: long texts of one length all fall together in a Map, which compares them letter by letter. */
const kept: { text: string; data: unknown }[] = [];

/**
 * Data for a page as one string. Remix looks at every value of what a loader answers to find what JSON does not know,
 * which for the twenty posts of a topic costs more than asking the database for them; of a string it looks at none.
 * Besides what JSON knows, dates come out as they went in.
 */
export function pack(data: unknown): string {
  const text = JSON.stringify(data, withDates);
  keep(text, data);
  return text;
}

/** What was packed; the same object for the same text, as long as it is in use. */
export function unpack<Data>(text: string): Data {
  const at = kept.findLastIndex((one) => one.text === text);
  const data = at < 0 ? JSON.parse(text, datesBack) : kept.splice(at, 1)[0]!.data;
  keep(text, data);
  return data as Data;
}

function keep(text: string, data: unknown): void {
  kept.push({ text, data });
  if (kept.length > MOST_KEPT) kept.shift();
}

function withDates(this: unknown, key: string, value: unknown): unknown {
  const before = (this as Record<string, unknown>)[key];
  return before instanceof Date ? { $date: before.getTime() } : value;
}

function datesBack(_key: string, value: unknown): unknown {
  const time = typeof value === "object" && value !== null ? (value as { $date?: unknown }).$date : undefined;
  return typeof time === "number" ? new Date(time) : value;
}
