import path from "node:path";
import { config } from "#app/core/config.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { NoDumpError } from "./dump.ts";
import { showProgress } from "./progress.ts";
import { keepReport, reportLines } from "./report.ts";

// `npm run import -- stackexchange <folder> [--division <slug>]`: brings a community from elsewhere into this one. The
// server may run meanwhile or not.

const USAGE = "Usage: npm run import -- stackexchange <folder> [--division <slug>]";
const [format, folder, ...options] = process.argv.slice(2);
const division = options[0] === "--division" ? options[1] : undefined;
const isWrong = format !== "stackexchange" || !folder || (options.length > 0 && !division) || options.length > 2;
if (isWrong || (division && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(division))) {
  console.error(USAGE);
  process.exit(2);
}

const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded();
const url = process.env.DATABASE_URL ?? embedded!.url;
process.env.DATABASE_URL = url;
try {
  await migrate(url);
  // Imported here, because they connect on import. An empty database becomes a community first, as at its first start.
  const { ensureCommunity } = await import("../first-start.ts");
  const { importStackExchange } = await import("./import-stackexchange.ts");
  await ensureCommunity();
  const result = await importStackExchange(url, { folder: path.resolve(folder!), division, progress: showProgress() });
  for (const line of reportLines(result)) console.log(line);
  console.log(`The whole report is in ${keepReport(result, config.dataDir, path.basename(result.source.split(":")[1]!))}`);
} catch (error) {
  console.error(error instanceof NoDumpError ? error.message : error);
  process.exitCode = 1;
} finally {
  await (await import("#db/client.ts")).db.$client.end({ timeout: 5 });
  await embedded?.stop();
}
