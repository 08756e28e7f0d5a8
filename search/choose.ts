import { postgresEngine } from "./postgres.ts";
import type { SearchAnswer, SearchRequest } from "./engine.ts";

export type AnsweredSearch = SearchAnswer & { engine: "postgres" | "meilisearch"; /** The engine of choice was away: these come from the other one. */ isFallback: boolean };

/** Asks the engine that this installation uses. */
export async function search(request: SearchRequest): Promise<AnsweredSearch> {
  return { ...(await postgresEngine.search(request)), engine: "postgres", isFallback: false };
}
