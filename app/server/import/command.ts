import path from "node:path";
import { config } from "#app/core/config.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { NoDumpError } from "./dump.ts";
import { showProgress } from "./progress.ts";
import { keepReport, reportLines } from "./report.ts";

// `npm run import -- stackexchange <folder> [--division <slug>]`: brings a community from elsewhere into this one, and
// `npm run import -- markdown <folder or zip> --wiki <slug> [--division <slug>]` pages into a wiki. The server may run
// meanwhile or not.

const USAGE = "Usage: npm run import -- stackexchange <folder> [--division <slug>]\n       npm run import -- markdown <folder or zip> --wiki <slug> [--division <slug>]";
const [format, folder, ...rest] = process.argv.slice(2);
const options = new Map<string, string | undefined>();
for (let at = 0; at < rest.length; at += 2) options.set(rest[at]!, rest[at + 1]);
const division = options.get("--division");
const wiki = options.get("--wiki");
const known = format === "markdown" ? ["--wiki", "--division"] : format === "stackexchange" ? ["--division"] : [];
const isSlug = (text: string | undefined) => text !== undefined && text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
if (!folder || known.length === 0 || [...options].some(([name, value]) => !known.includes(name) || !isSlug(value)) || (format === "markdown" && !wiki)) {
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
  await ensureCommunity();
  if (format === "markdown") {
    const { importMarkdown, markdownReportLines } = await import("./import-markdown.ts");
    for (const line of markdownReportLines(await importMarkdown({ folder: path.resolve(folder), wiki: wiki!, division }))) console.log(line);
  } else {
    const { importStackExchange } = await import("./import-stackexchange.ts");
    const result = await importStackExchange(url, { folder: path.resolve(folder), division, progress: showProgress() });
    for (const line of reportLines(result)) console.log(line);
    console.log(`The whole report is in ${keepReport(result, config.dataDir, path.basename(result.source.split(":")[1]!))}`);
  }
} catch (error) {
  console.error(error instanceof NoDumpError || (error instanceof Error && error.name === "FolderError") ? error.message : error);
  process.exitCode = 1;
} finally {
  await (await import("#db/client.ts")).db.$client.end({ timeout: 5 });
  await embedded?.stop();
}
