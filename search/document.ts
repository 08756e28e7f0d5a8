import type { SearchSource } from "#db/schema/search.ts";

/** A text as Meilisearch holds it. Made anew from Postgres each time it is sent. */
export type SearchDocument = {
  /** `post-12`: letters, digits, hyphen and underscore are all that may stand here. */
  id: string;
  source: SearchSource;
  sourceId: number;
  /** What results are grouped by: `t-5` for the posts of a topic. */
  group: string;
  /** All that the index knows of access. Who sees the category is asked of Postgres with each query. */
  categoryId: number;
  isLead: boolean;
  title: string;
  body: string;
  author: string;
  tags: string[];
  topicKind: string;
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
