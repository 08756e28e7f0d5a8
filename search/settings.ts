import { createHash } from "node:crypto";
import type { Settings } from "meilisearch";

/** Equality is all that these are asked for; comparing costs an index of its own. */
const equality = { facetSearch: false, filter: { equality: true, comparison: false } };
const comparison = { facetSearch: false, filter: { equality: true, comparison: true } };

/**
 * The settings of the content index, as code. Changing them makes a new index with another hash in its name, which is
 * filled and then switched to: a running index is never resettled.
 */
export const contentSettings: Settings = {
  searchableAttributes: ["title", "tags", "author", "body"],
  displayedAttributes: ["id", "source", "sourceId", "group", "version"],
  filterableAttributes: [
    { attributePatterns: ["source", "group", "categoryId", "author", "tags", "kind", "solved", "closed", "isLead", "year"], features: equality },
    { attributePatterns: ["createdAt", "version"], features: comparison },
  ],
  sortableAttributes: ["createdAt"],
  // `sort` first does nothing unless a sort is asked for, and then makes it strict. There is no decay over time: the
  // month and the size of the discussion break ties instead, and need no nightly rewrite.
  rankingRules: ["sort", "words", "typo", "proximity", "attributeRank", "wordPosition", "exactness", "month:desc", "popularity:desc"],
  typoTolerance: { disableOnNumbers: true, disableOnAttributes: ["author"] },
  nonSeparatorTokens: ["#", "+"],
  pagination: { maxTotalHits: 1000 },
  searchCutoffMs: 500,
};

/** Names the settings: the same as long as they are. */
export function settingsHash(settings: Settings = contentSettings): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 8);
}
