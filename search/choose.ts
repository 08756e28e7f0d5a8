import { makeBreaker } from "./breaker.ts";
import { SearchFailedError, type SearchAnswer, type SearchEngine, type SearchRequest } from "./engine.ts";
import { meiliFromEnvironment } from "./meilisearch-client.ts";
import { meilisearchEngine } from "./meilisearch.ts";
import { postgresEngine } from "./postgres.ts";

export type AnsweredSearch = SearchAnswer & {
  engine: SearchEngine["name"];
  /** The engine of choice was away, slow or behind: these come from PostgreSQL. */
  isFallback: boolean;
};

let chosen: { url: string; engine: SearchEngine; breaker: ReturnType<typeof makeBreaker> } | undefined;

/** Asks Meilisearch where one is set and well, and PostgreSQL otherwise. */
export async function search(request: SearchRequest): Promise<AnsweredSearch> {
  const meili = meiliFromEnvironment();
  if (!meili) return { ...(await postgresEngine.search(request)), engine: "postgres", isFallback: false };
  if (chosen?.url !== meili.url) chosen = { url: meili.url, engine: meilisearchEngine(meili), breaker: makeBreaker() };
  const { engine, breaker } = chosen;
  if (breaker.mayAsk()) {
    try {
      const answer = await engine.search(request);
      breaker.succeeded();
      return { ...answer, engine: engine.name, isFallback: false };
    } catch (error) {
      if (!(error instanceof SearchFailedError)) throw error;
      breaker.failed();
    }
  }
  return { ...(await postgresEngine.search(request)), engine: "postgres", isFallback: true };
}
