import { makeKeys } from "./keys.ts";
import { meiliClient } from "./meilisearch-client.ts";

// `npm run search:keys`: makes the two keys that the community runs with, so that the master key is needed here only.
const { MEILI_URL: url, MEILI_MASTER_KEY: key } = process.env;
if (!url || !key) {
  console.error("Set MEILI_URL to the address of Meilisearch and MEILI_MASTER_KEY to its master key.");
  process.exit(2);
}
try {
  const keys = await makeKeys(meiliClient({ url, key }));
  console.log("Start the community with these, and keep the master key elsewhere:");
  console.log(`MEILI_SEARCH_KEY=${keys.search}`);
  console.log(`MEILI_KEY=${keys.indexing}`);
} catch (error) {
  console.error(`Meilisearch at ${url} made no keys: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
