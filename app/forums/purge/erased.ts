import type { Tx } from "#db/client.ts";
import type { ErasedQuotes } from "./erase-quotes.ts";
import type { ErasedWords } from "./erased-words.ts";

/** How many of each a purge erased, or would. */
export type Erased = {
  posts: number;
  versions: number;
  titles: number;
  /** In posts of others and what these said before, in texts not yet posted, in articles and pages. */
  quotes: number;
  quotesInVersions: number;
  quotesInDrafts: number;
  quotesInPages: number;
  /** Of changes to it, or of pages begun from it. */
  drafts: number;
  statements: number;
  themeNames: number;
  notifications: number;
  mails: number;
  files: number;
  searchWords: number;
};

export const NOTHING: Erased = {
  posts: 0, versions: 0, titles: 0, quotes: 0, quotesInVersions: 0, quotesInDrafts: 0, quotesInPages: 0, drafts: 0, statements: 0, themeNames: 0, notifications: 0, mails: 0, files: 0, searchWords: 0,
};

export function withQuoteCounts({ posts, versions, drafts, articles, pages }: ErasedQuotes, others: Erased): Erased {
  return { ...others, quotes: posts, quotesInVersions: versions, quotesInDrafts: drafts, quotesInPages: articles + pages };
}

/** What else is made of posts' words. The area that keeps it stands above this one: the route brings it. */
export type Evidence = {
  /** Taken before any topic is, as its own writers take it before theirs. */
  hold: (tx: Tx) => Promise<void>;
  /** `postIds` are those whose words all went: none, where it was a version only. */
  erase: (tx: Tx, gone: { postIds: number[]; words: ErasedWords }) => Promise<Pick<Erased, "statements" | "themeNames">>;
};
