import type { Executor } from "#db/client.ts";
import type { SearchSource } from "#db/schema/search.ts";
import type { DocumentKey, SearchDocument } from "../document.ts";
import { articleDocuments } from "./article.ts";
import { pageDocuments } from "./page.ts";
import { postDocuments } from "./post.ts";

type Maker = (on: Executor, ids: number[]) => Promise<SearchDocument[]>;
const makers: Partial<Record<SearchSource, Maker>> = { post: postDocuments, article: articleDocuments, page: pageDocuments };

/** What may be found behind these keys now. What is hidden or gone is left out. */
export async function documentsOf(on: Executor, keys: DocumentKey[]): Promise<SearchDocument[]> {
  const found = await Promise.all(Object.entries(makers).map(([source, make]) => make(on, keys.filter((key) => key.source === source).map(({ sourceId }) => sourceId))));
  return found.flat();
}
