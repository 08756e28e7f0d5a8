import { parse, stringify } from "yaml";

/** A page as a file: a head in YAML between two lines `---`, then Markdown, then perhaps what changed in it. */
export type PageFile = {
  title: string | null;
  /** The title of the page above; null at the top, undefined where the file does not say. */
  parent: string | null | undefined;
  author: string | null;
  /** When it was begun. */
  date: Date | null;
  owner: string | null;
  verifiedUntil: string | null;
  isTemplate: boolean;
  /** The talk it was made from: what that was called and where it is, with the usernames of those whose words these were. */
  madeFrom: MadeFrom[];
  body: string;
  /** The oldest first. */
  changes: { editor: string; at: Date; reason: string; places: { before: string[]; after: string[] }[] }[];
};

export type MadeFrom = { title: string; /** Null for what a community before had taken in. */ link: string | null; authors: string[] };

/** A file that cannot be read; the message says why, for whoever brought it. */
export class PageFileError extends Error {
  override name = "PageFileError";
}

/** More credits than this are no credit any more. */
const MAX_SOURCES = 20;
const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a file. Ages, such as `460d`, are counted back from `now`.
 *
 * @throws PageFileError when its head or its changes make no sense
 */
export function readPageFile(source: string, now: Date): PageFile {
  const text = source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const [, head, rest] = /^---\n([^]*?\n)?---[ \t]*(?:\n([^]*))?$/.exec(text) ?? [];
  const facts = rest === undefined && head === undefined ? {} : readHead(head ?? "");
  const [body = "", changes] = (rest ?? (head === undefined ? text : "")).split(/^--- changes\n/m, 2);
  const word = (key: string) => (typeof facts[key] === "string" || typeof facts[key] === "number" ? String(facts[key]).trim() || null : null);
  return {
    title: word("title"), author: word("author"), owner: word("owner"), parent: "parent" in facts ? word("parent") : undefined,
    date: facts.date === undefined ? null : momentOf(facts.date, now), verifiedUntil: /^\d{4}-\d\d-\d\d$/.test(word("verifiedUntil") ?? "") ? word("verifiedUntil") : null,
    isTemplate: facts.template === true, madeFrom: madeFromOf(facts.madeFrom), body: body.trim(), changes: changes === undefined ? [] : readChanges(changes, now),
  };
}

function readHead(head: string): Record<string, unknown> {
  try {
    // A few lines need no anchors: with them, a small head can unfold into a large one.
    const facts: unknown = parse(head, { maxAliasCount: 0, schema: "core" });
    if (facts === null || facts === undefined) return {};
    if (typeof facts === "object" && !Array.isArray(facts)) return facts as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new PageFileError("its head is no YAML");
}

/** What makes no sense is left out: whatever else the file says is worth more than its credits. */
function madeFromOf(value: unknown): MadeFrom[] {
  if (!Array.isArray(value)) return [];
  const words = (word: unknown, most: number) => (typeof word === "string" || typeof word === "number" ? String(word).replace(/\p{Cc}+/gu, " ").trim().slice(0, most) : "");
  return value.slice(0, MAX_SOURCES).flatMap((each: unknown): MadeFrom[] => {
    if (typeof each !== "object" || each === null) return [];
    const { title, link, authors } = each as Record<string, unknown>;
    const names = (Array.isArray(authors) ? authors : []).slice(0, MAX_SOURCES).map((name) => words(name, 60)).filter((name) => name !== "");
    return words(title, 300) === "" ? [] : [{ title: words(title, 300), link: words(link, 500) || null, authors: names }];
  });
}

function readChanges(source: string, now: Date): PageFile["changes"] {
  return source.split(/^--- /m).slice(1).map((part) => {
    const [line = "", ...lines] = part.split("\n");
    const [editor = "", age = "", ...reason] = line.split(" | ");
    const places: { before: string[]; after: string[] }[] = [];
    let place: (typeof places)[number] | undefined;
    for (const each of lines) {
      if (each.trim() === "") place = undefined;
      else if (/^[-+]( |$)/.test(each)) {
        if (!place) places.push((place = { before: [], after: [] }));
        place[each[0] === "-" ? "before" : "after"].push(each.slice(2));
      } else throw new PageFileError(`a change has a line that is neither before nor after: ${each.slice(0, 60)}`);
    }
    return { editor: editor.trim(), at: momentOf(age.trim(), now), reason: reason.join(" | ").trim(), places };
  });
}

function momentOf(value: unknown, now: Date): Date {
  const [, amount, unit] = /^([\d.]{1,10})([mhd])$/.exec(String(value)) ?? [];
  const at = amount ? new Date(now.getTime() - Number(amount) * UNITS[unit!]!) : new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new PageFileError(`${String(value).slice(0, 40)} is no date`);
  return at;
}

/**
 * Every text the page has had, the oldest first and the present one last: the changes undone, the newest first.
 *
 * @throws PageFileError when what a change says is so now is not there, or more than once
 */
export function versionsOf({ body, changes }: Pick<PageFile, "body" | "changes">): string[] {
  const versions = [body];
  for (const { places } of changes.toReversed()) {
    let lines = versions[0]!.split("\n");
    for (const { before, after } of places.toReversed()) {
      const found = lines.flatMap((_, at) => (after.every((line, offset) => lines[at + offset] === line) ? [at] : []));
      if (after.length === 0 || found.length !== 1) throw new PageFileError(`a change does not fit: ${(after[0] ?? before[0] ?? "").slice(0, 60)}`);
      lines = [...lines.slice(0, found[0]), ...before, ...lines.slice(found[0]! + after.length)];
    }
    versions.unshift(lines.join("\n").replace(/\n{3,}/g, "\n\n").trim());
  }
  return versions;
}

export function writePageFile({ body, ...facts }: { title: string; parent: string | null; author: string; date: Date; owner: string | null; verifiedUntil: string | null; template: boolean; madeFrom: MadeFrom[]; body: string }): string {
  const { owner, verifiedUntil, template, madeFrom, date, ...always } = facts;
  const head = { ...always, date: date.toISOString(), ...(owner && { owner }), ...(verifiedUntil && { verifiedUntil }), ...(template && { template }), ...(madeFrom.length > 0 && { madeFrom }) };
  return `---\n${stringify(head, { lineWidth: 0 })}---\n${body}\n`;
}
