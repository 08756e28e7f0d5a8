import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { meiliFromEnvironment } from "./meilisearch-client.ts";

// `npm run search:rebuild`: indexes everything anew, in Meilisearch where one is set and in PostgreSQL otherwise. The
// community may run meanwhile, and goes on finding: a new index is filled beside the old one, and switched to when full.
const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded();
const url = (process.env.DATABASE_URL ??= embedded!.url);
try {
  await migrate(url);
  const meili = meiliFromEnvironment();
  if (meili) {
    const { askForRebuild } = await import("./ask-rebuild.ts");
    console.log(`Searches are now answered by ${await askForRebuild(url, meili, (line) => console.log(line))}.`);
  } else {
    const { rebuildPostgres } = await import("./rebuild-postgres.ts");
    console.log(`${await rebuildPostgres((count) => console.log(`${count} texts`))} texts are indexed anew.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await (await import("#db/client.ts")).db.$client.end({ timeout: 5 });
  await embedded?.stop();
}
