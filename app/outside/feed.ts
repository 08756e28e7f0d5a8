import { config } from "#app/core/config.ts";
import type { MemberRow } from "#db/schema/accounts.ts";

/** What programs that follow a place are told of it, whatever the form in which they read it. */
export type Feed = FeedHead & { entries: FeedEntry[] };

/** What it is of. What is in it is read when it is asked for, because some only want to know whether it is there. */
export type FoundFeed = FeedHead & { readEntries: () => Promise<FeedEntry[]> };

export type FeedHead = {
  /** The list by the ids of rows, such as `blog:5`. Never changes, also when what it is of is renamed. */
  key: string;
  title: string;
  description: string;
  /** The page that shows the same, as a path. */
  home: string;
  /** Its own path, without the ending that names the form. */
  path: string;
};

/** Who wrote it, and as whom they speak. */
export type Author = Pick<MemberRow, "name" | "username" | "label">;

export type FeedEntry = {
  id: string;
  title: string;
  /** A path. */
  href: string;
  publishedAt: Date;
  updatedAt: Date;
  authors: Author[];
  /** As it is stored; addresses in it become whole ones when it is written. */
  html: string;
  /** A line for those that show no more. */
  summary?: string;
  tags: string[];
};

/** How many entries a feed holds: enough for a reader that looks once a day, few enough to be sent often. */
export const ENTRIES = 30;

/** A name that stays (RFC 4151): by the id of a row, so that no rename changes it. */
export function tagUri(...parts: (string | number)[]): string {
  return `tag:${new URL(config.baseUrl).hostname},2026:${parts.join(":")}`;
}

/** The key of a list, and by it its feed's id. */
export function keyOf(...parts: (string | number)[]): string {
  return parts.join(":");
}

/** When anything in it last changed. One that is empty has never. */
export function updatedAt({ entries }: Pick<Feed, "entries">): Date {
  return new Date(Math.max(0, ...entries.map((entry) => entry.updatedAt.getTime())));
}

/** When an entry last changed: never before it came to be, whichever of two clocks was ahead. */
export function laterOf(publishedAt: Date, editedAt: Date | null): Date {
  return editedAt && editedAt > publishedAt ? editedAt : publishedAt;
}

/** HTML as it can be read elsewhere: whole addresses, and nothing that only our own styles and scripts understand. `home` is the path of the page it stands on. */
export function portableHtml(html: string, home: string): string {
  return html.replace(/<(a|img|div|pre|blockquote|th|td)\b[^>]*>/g, (tag) =>
    tag
      .replace(/ (href|src)="\//g, ` $1="${config.baseUrl}/`)
      .replace(/ href="#/g, ` href="${config.baseUrl}${home}#`)
      .replace(/ (?:srcset|sizes|loading|decoding|tabindex|class|data-[a-z-]+)="[^"]*"/g, ""),
  );
}
