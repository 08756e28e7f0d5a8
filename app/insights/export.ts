import { config } from "#app/core/config.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import type { ThemeFilter } from "./inputs.ts";
import { themePath } from "./paths.ts";
import type { Quote } from "./quotes.ts";
import { listThemes, type ThemeCard, type ThemeCursor } from "./themes.ts";

const MOST = 5000;
const AT_ONCE = 500;

/** Every theme under a filter, as far as files are read by people. */
export async function exportThemes(viewer: Member, filter: ThemeFilter): Promise<ReturnType<typeof themeRecord>[]> {
  const rows: ThemeCard[] = [];
  let after: ThemeCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof listThemes>> = await listThemes(db, viewer, filter, { after, limit: AT_ONCE });
    rows.push(...page.themes);
    after = page.next;
  } while (after && rows.length < MOST);
  return rows.map(themeRecord);
}

/** A theme for programs: the same names in files and in the API. */
export function themeRecord(theme: ThemeCard) {
  const { id, title, intent, areaName, divisionName, state, reason, ownerName, dueOn, trackerUrl, statementCount, topicCount, peopleCount, accountCount, accountValue, negativeCount, urgentCount, trend, score, firstAt, lastAt } = theme;
  return {
    id, title, intent, area: areaName, division: divisionName, state, reason, owner: ownerName, dueOn, trackerUrl, people: peopleCount, accounts: accountCount, accountValue, statements: statementCount, topics: topicCount,
    negative: negativeCount, urgent: urgentCount, trend, score, firstAt: firstAt?.toISOString() ?? null, lastAt: lastAt?.toISOString() ?? null, url: `${config.baseUrl}${themePath(id)}`,
  };
}

/** Evidence for programs. Words that the viewer may not read are null, and nothing else of them is told. */
export function quoteRecord(quote: Quote) {
  const { id, words, gone, author, part, revision, textHash, intent, confidence, sentiment, urgency, areaName, importance, agreeing, createdAt, href, topicTitle } = quote;
  if (gone === "private") return { id, quote: null, gone };
  return {
    id, quote: words, gone, author: author?.username ?? null, speaker: author?.label ?? null, account: author?.account ?? null, topic: topicTitle, part, revision, textHash, intent, confidence, sentiment, urgency, area: areaName, importance, agreeing,
    saidAt: createdAt.toISOString(), url: href && config.baseUrl + href,
  };
}

/** Comma-separated values (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe. */
export function toCsv(rows: Record<string, unknown>[], columns: string[]): string {
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? "" : typeof value === "number" ? String(value) : String(value as string).replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
