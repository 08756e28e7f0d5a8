import type { SearchSource } from "#db/schema/search.ts";
import type { ContentKind } from "./query-language.ts";

/** A text as Meilisearch holds it. Made anew from Postgres each time it is sent. */
export type SearchDocument = {
  /** `post-12`: letters, digits, hyphen and underscore are all that may stand here. */
  id: string;
  source: SearchSource;
  sourceId: number;
  /** What results are grouped by: `post-5` for the posts of topic 5, `article-7` for an article. */
  group: string;
  /** All that the index knows of access. Who sees the category is asked of Postgres with each query. */
  categoryId: number;
  isLead: boolean;
  title: string;
  body: string;
  author: string;
  tags: string[];
  kind: ContentKind;
  solved: boolean;
  closed: boolean;
  /** Unix time in seconds. */
  createdAt: number;
  year: number;
  /** `202611`: breaks ties in favour of what is newer. */
  month: number;
  /** Doublings of replies, votes and reactions of a topic, on its lead: breaks ties, and seldom changes. */
  popularity: number;
  version: number;
};

export type DocumentKey = { source: SearchSource; sourceId: number };

export function documentId({ source, sourceId }: DocumentKey): string {
  return `${source}-${sourceId}`;
}

export function keyOfDocument(id: string): DocumentKey {
  const [source, sourceId] = id.split("-");
  return { source: source as SearchSource, sourceId: Number(sourceId) };
}

/** What a statement reads for a document. */
export type DocumentRow = Omit<SearchDocument, "id" | "group" | "year" | "month"> & { groupId: number };

export function toDocument({ groupId, ...row }: DocumentRow): SearchDocument {
  const at = new Date(row.createdAt * 1000);
  return {
    ...row, id: documentId(row), group: documentId({ source: row.source, sourceId: groupId }),
    createdAt: Math.floor(row.createdAt), year: at.getUTCFullYear(), month: at.getUTCFullYear() * 100 + at.getUTCMonth() + 1,
  };
}
