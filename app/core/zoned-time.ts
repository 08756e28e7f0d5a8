import { z } from "zod";

/** `2026-03-29T14:30` as date fields send it, without a zone. */
export const localMoment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, "core.invalid")
  .refine((text) => !Number.isNaN(Date.parse(`${text}Z`)) && new Date(`${text}Z`).toISOString().startsWith(text.slice(0, 10)), "core.invalid");

/** A zone by its name in the IANA list, such as `Europe/Rome`. */
export const timeZoneField = z.string().max(60).refine(isTimeZone, "core.invalid");

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The moment at which clocks in a zone show this. An hour that is left out in spring is read as by the clock before it
 * was put forward; of one that comes twice in autumn, the first is meant.
 */
export function momentIn(local: string, timeZone: string): Date {
  const asUtc = Date.parse(`${local}Z`);
  // The offset may differ on the two sides of a change of the clocks: both are tried, the earlier moment that shows it wins.
  const tries = [-86_400_000, 86_400_000].map((step) => new Date(asUtc - offsetAt(new Date(asUtc + step), timeZone)));
  const right = tries.filter((at) => at.getTime() + offsetAt(at, timeZone) === asUtc).sort((a, b) => a.getTime() - b.getTime());
  return right[0] ?? tries[0]!;
}

/** What clocks in a zone show at a moment, in the form that date fields take. */
export function localIn(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetAt(at, timeZone)).toISOString().slice(0, 16);
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - Math.floor(at.getTime() / 1000) * 1000;
}
