import type { TopicKind } from "#db/schema/topic-kind.ts";

/** What may be found: topics of each kind, articles of blogs, pages of wikis. */
export type ContentKind = TopicKind | "article" | "page";

/** A search as people type it, taken apart. */
export type SearchQuery = {
  /** The words to look for, with quotes kept: what remains when operators are taken out. */
  words: string;
  filters: SearchFilters;
  /** Operators that make no sense as they stand: said to the searcher, and otherwise left out. */
  problems: SearchProblem[];
};

export type SearchFilters = {
  author?: string;
  tags: string[];
  /** A division or category, by slug. */
  place?: string;
  kinds: ContentKind[];
  is: IsFilter[];
  /** Created on this day or later, as `2026-01-31`. */
  after?: string;
  /** Created before this day. */
  before?: string;
};

export const isFilters = ["solved", "unsolved", "open", "closed", "topic", "reply"] as const;
export type IsFilter = (typeof isFilters)[number];

export type SearchProblem = { operator: string; value: string; problem: "unknownKind" | "unknownIs" | "badDate" | "empty" | "datesCross" };

/** The most a search may be long. */
export const MAX_QUERY_LENGTH = 500;

const kinds: Record<string, ContentKind> = {
  discussion: "discussion", discussions: "discussion", question: "question", questions: "question",
  idea: "idea", ideas: "idea", announcement: "announcement", announcements: "announcement",
  article: "article", articles: "article", page: "page", pages: "page",
};

const operators = ["author", "tag", "in", "kind", "is", "before", "after"] as const;
type Operator = (typeof operators)[number];

/** Reads `author:ada tag:"front light" is:solved battery`. Every text gives an answer; what makes no sense is named in `problems`. */
export function parseQuery(text: string): SearchQuery {
  const query: SearchQuery = { words: "", filters: { tags: [], kinds: [], is: [] }, problems: [] };
  const words: string[] = [];
  // An operator with its value, a quotation, or anything between spaces. Each alternative is linear in the text.
  for (const [whole, operator, quoted, plain] of text.matchAll(/(?<=^|\s)(author|tag|in|kind|is|before|after):(?:"([^"]*)"|(\S*))|-?"[^"]*"?|\S+/gi)) {
    if (operator) apply(query, operator.toLowerCase() as Operator, (quoted ?? plain ?? "").trim());
    else words.push(whole);
  }
  const { after, before } = query.filters;
  if (after && before && after >= before) query.problems.push({ operator: "before", value: before, problem: "datesCross" });
  query.words = words.join(" ");
  return query;
}

/** The names of the operators in use, for the log. */
export function operatorsIn({ filters }: SearchQuery): string[] {
  return Object.entries(filters).flatMap(([name, value]) => (value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [name]));
}

function apply(query: SearchQuery, operator: Operator, value: string): void {
  const { filters, problems } = query;
  const refuse = (problem: SearchProblem["problem"]) => void problems.push({ operator, value, problem });
  if (value === "") return refuse("empty");
  const lower = value.toLowerCase();
  switch (operator) {
    case "author":
      filters.author = lower.replace(/^@/, "");
      return;
    case "tag":
      filters.tags.push(lower.replace(/^#/, ""));
      return;
    case "in":
      filters.place = lower;
      return;
    case "kind":
      return Object.hasOwn(kinds, lower) ? void filters.kinds.push(kinds[lower]!) : refuse("unknownKind");
    case "is":
      return isFilters.includes(lower as IsFilter) ? void filters.is.push(lower as IsFilter) : refuse("unknownIs");
    case "before":
    case "after":
      return isDay(lower) ? void (filters[operator] = padded(lower)) : refuse("badDate");
  }
}

/** A year, a month or a day that exists: `2026`, `2026-01`, `2026-01-31`. */
function isDay(value: string): boolean {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(value)) return false;
  const date = new Date(`${padded(value)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(padded(value)) && date.getUTCFullYear() >= 1970;
}

function padded(value: string): string {
  return value + "-01".repeat((10 - value.length) / 3);
}
