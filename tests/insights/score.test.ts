import { expect, test } from "vitest";
import { findQuote } from "#app/insights/find-quote.ts";
import { areaOf, glossaryOf } from "#app/insights/glossary.ts";
import { defaultScoreSettings, scoreOf, trendOf, velocityOf, type Voices } from "#app/insights/score.ts";
import { toCsv } from "#app/insights/export.ts";
import { tellingTitle } from "#app/insights/telling-title.ts";
import { themeTable } from "#app/insights/theme-table.ts";
import { wilsonInterval } from "#app/insights/wilson.ts";

const today = new Date("2026-06-01T00:00:00Z");
const daysAgo = (days: number) => new Date(today.getTime() - days * 86_400_000);
const voices = (values: Partial<Voices> = {}): Voices => ({ intent: "bug", people: 5, accounts: 0, accountValue: 0, statements: 5, negative: 0, urgent: 0, recent: 0, baseline: 0, lastAt: today, ...values });
const score = (values: Partial<Voices> = {}) => scoreOf(voices(values), today).score;

test("one loud person with thirty statements weighs as much as one with a single one", () => {
  expect(score({ people: 1, statements: 30 })).toBe(score({ people: 1, statements: 1 }));
});

test("more people, worthier accounts, urgency and anger weigh more; a wish weighs less than a bug", () => {
  expect(score({ people: 10 })).toBeGreaterThan(score({ people: 5 }));
  expect(score({ accounts: 1, accountValue: 90_000 })).toBe(2 * score());
  expect(score({ urgent: 5 })).toBeGreaterThan(score());
  expect(score({ negative: 5 })).toBeGreaterThan(score());
  expect(score({ intent: "feature" })).toBeLessThan(score());
});

test("a theme weighs half after its half-life, which the settings can change", () => {
  expect(score({ lastAt: daysAgo(defaultScoreSettings.halfLifeDays.bug) })).toBeCloseTo(score() / 2, 1);
  const slow = { ...defaultScoreSettings, halfLifeDays: { ...defaultScoreSettings.halfLifeDays, bug: 3650 } };
  expect(scoreOf(voices({ lastAt: daysAgo(60) }), today, slow).score).toBeGreaterThan(1.9 * score({ lastAt: daysAgo(60) }));
});

test("speed is the mean of a Gamma posterior, so that two voices are no landslide and nine are one", () => {
  const byHand = (recent: number, baseline: number) => (3 + recent) / (3 + (14 * (baseline + 0.5)) / 84);
  expect(velocityOf(2, 0)).toBeCloseTo(byHand(2, 0), 10);
  expect(velocityOf(9, 2)).toBeCloseTo(byHand(9, 2), 10);
  expect([velocityOf(0, 0) <= 1, velocityOf(0, 100), velocityOf(100, 0)]).toEqual([true, 0.5, 4]);
  expect(trendOf({ people: 2, velocity: 4, freshness: 1 })).toBe("emerging");
  expect(trendOf({ people: 2, velocity: 1, freshness: 0.01 })).toBe("fading");
  expect(trendOf({ people: 3, velocity: 1.6, freshness: 1 })).toBe("rising");
  expect(trendOf({ people: 9, velocity: 1, freshness: 0.3 })).toBe("fading");
});

test("the score is the product of the lines that are shown", () => {
  const { score: total, factors } = scoreOf(voices({ people: 7, accountValue: 1234, urgent: 2, negative: 3, recent: 4, baseline: 3, lastAt: daysAgo(9) }), today);
  expect(total).toBeCloseTo(10 * factors.people * factors.value * factors.severity * factors.velocity * factors.freshness, 2);
});

test("the interval is Wilson's", () => {
  const { low, high } = wilsonInterval(18, 20)!;
  expect([low.toFixed(3), high.toFixed(3)]).toEqual(["0.699", "0.972"]);
  expect(wilsonInterval(0, 0)).toBeNull();
});

test("what members call a part of the product leads to one area, the longest phrase first", () => {
  const glossary = glossaryOf([{ id: 1, name: "Importer", synonyms: ["CSV loader", "v4 importer"], divisionId: null }, { id: 2, name: "CSV", synonyms: [], divisionId: null }, { id: 3, name: "Portal", synonyms: [], divisionId: 9 }]);
  const at = (text: string, title = "", divisionId = 1) => areaOf(glossary, { text, title, divisionId });
  expect([at("The v4 importers stop"), at("my csv loader hangs"), at("a CSV file"), at("it hangs", "Importer is slow"), at("imports"), at("the portal"), at("the portal", "", 9)]).toEqual([1, 1, 2, 1, null, null, 3]);
});

test("a quote is found where its white space differs only, and its offsets are the text's own", () => {
  const text = "First line.\nThe gateway\n  crashes often.";
  const place = findQuote(text, "The gateway crashes often.")!;
  expect(text.slice(place.start, place.end)).toBe("The gateway\n  crashes often.");
  expect([findQuote(text, "The gateway explodes"), findQuote(text, ""), findQuote("", "x")]).toEqual([null, null, null]);
});

test("a theme is named by what it is about, not by small talk", () => {
  const candidate = (text: string, values = {}) => ({ statementId: text.length, text, isTitle: false, ofTopic: false, isPublic: true, share: 0.2, ...values });
  const list = [candidate("Anyone else?"), candidate("I have slept."), candidate("The gateway loses Wi-Fi after a router restart."), candidate("Same here since Tuesday!")];
  expect(tellingTitle(list, themeTable())?.text).toBe("The gateway loses Wi-Fi after a router restart.");
  expect(tellingTitle(list.slice(0, 2), themeTable())).toBeNull();
});

test("a file for spreadsheets runs nothing", () => {
  expect(toCsv([{ a: "=HYPERLINK(1)", b: 'x "y", z' }], ["a", "b"])).toBe("a,b\r\n'=HYPERLINK(1),\"x \"\"y\"\", z\"\r\n");
});
