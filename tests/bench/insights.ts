import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { classify } from "#app/insights/mining/classify.ts";
import { readModel, type Model } from "#app/insights/mining/model.ts";
import { fromHtml, fromPlainText, type SourceText } from "#app/insights/mining/source-text.ts";
import { statementsOf } from "#app/insights/mining/statements.ts";
import { openThemes } from "#app/insights/themes/engine.ts";
import { readTable } from "#app/insights/themes/table.ts";
import { measureRun } from "./insights-run.ts";
import { measureStoring } from "./insights-storing.ts";
import { measureTwice } from "./insights-twice.ts";

// `npm run bench:insights`: how many real posts a second go from HTML to statements, to intents, to themes, on one core.
// `--store <posts>` measures the way from the database into the database instead; `--run <posts>` a run over very many
// posts that is killed in the middle and goes on. `--stackexchange <folder>` names another dump, `--json` prints one object. A fifth of the statements is themed: by hash
// of its place, so that the load does not hang on what the classifier thinks. Median of five rounds over the same posts,
// each with a new engine; a second of processor time is what counts, a second of the clock is printed beside it.

const { values: options } = parseArgs({ options: { json: { type: "boolean" }, stackexchange: { type: "string" }, rounds: { type: "string" }, store: { type: "string" }, run: { type: "string" } } });
const folder = options.stackexchange ?? "../shared/data/stackexchange-bicycles-meta";
if (!existsSync(folder)) {
  console.error(`No dump in ${folder}: name one with --stackexchange <folder>.`);
  process.exit(2);
}

type Post = { title: string; source: SourceText | null; html: string };
const ROUNDS = Number(options.rounds ?? 5);
const table = readTable();
const model = shippedModel();
const posts = [...rowsOf("Posts.xml").map((row) => ({ title: field(row, "Title"), html: field(row, "Body"), source: null })), ...rowsOf("Comments.xml").map((row) => ({ title: "", html: "", source: fromPlainText(field(row, "Text")) }))];

if (options.store) {
  const said = posts.map(({ title, source, html }) => ({ title, text: (source ?? fromHtml(html)).text }));
  const stored = await measureStoring(said, Number(options.store), (line) => console.error(line));
  console.log(options.json ? JSON.stringify(stored) : `${stored.storedPosts} posts from the database into the database: ${stored.storedPostsPerSecond} a second by the clock, ${stored.storedPostsPerProcessorSecond} a second of this process's time, ${stored.storedStatements} statements, ${stored.storedThemes} themes of ${stored.storedClusters} clusters, at most ${stored.storedMemoryMb} MB; load ${loadavg()[0]!.toFixed(1)}`);
  process.exit();
}

if (options.run) {
  const said = posts.map(({ title, source, html }) => ({ title, text: (source ?? fromHtml(html)).text }));
  const run = await measureRun(said, Number(options.run), (line) => console.error(line));
  console.log(options.json ? JSON.stringify(run) : `${run.runPosts} posts in ${run.runSeconds} s, ${run.runPostsPerSecond} a second by the clock, killed after ${run.runKilledAt}: ${run.runStatements} statements, ${run.runPlaced} of them placed, ${run.runThemed} in ${run.runThemes} themes; ${run.runMemoryMbFirst} MB at first, ${run.runMemoryMbMost} at most, ${run.runMemoryMbLast} at last; ${run.runIsWhole ? "everything came out whole" : "NOT WHOLE"}; load ${loadavg()[0]!.toFixed(1)}`);
  process.exit(run.runIsWhole ? 0 : 1);
}

mine(posts.slice(0, 500));
const rounds = Array.from({ length: ROUNDS }, () => {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const done = mine(posts);
  const { user, system } = process.cpuUsage(cpu);
  return { ...done, cpuSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - wall) / 1000 };
});
const perSecond = (of: (round: (typeof rounds)[number]) => number) => Math.round(posts.length / median(rounds.map(of)));
const [first] = rounds;
const figures = {
  postsPerSecond: perSecond(({ cpuSeconds }) => cpuSeconds),
  postsPerWallSecond: perSecond(({ wallSeconds }) => wallSeconds),
  statementsPerSecond: Math.round(first!.statements / median(rounds.map(({ cpuSeconds }) => cpuSeconds))),
  posts: posts.length,
  meanLetters: Math.round(posts.reduce((sum, { html, source }) => sum + (source?.text ?? html).length, 0) / posts.length),
  statements: first!.statements,
  themed: first!.themed,
  themes: first!.themes,
  classified: model !== null,
  memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
  load: Math.round(loadavg()[0]! * 10) / 10,
  node: process.version,
  cpu: cpus()[0]?.model,
  ...(model?.second && (await measureTwice(model, posts.map(({ title, html, source }) => ({ title, source: source ?? fromHtml(html) }))))),
};
if (options.json) console.log(JSON.stringify(figures));
else {
  console.log(`${figures.posts} posts of ${figures.meanLetters} letters, ${figures.statements} statements, ${figures.themed} of them put into ${figures.themes} themes, median of ${ROUNDS} rounds:`);
  console.log(`${figures.postsPerSecond} posts a second of processor time (${figures.postsPerWallSecond} by the clock at load ${figures.load}), ${figures.memoryMb} MB`);
  if (figures.twicePostsPerSecond) console.log(`${figures.twicePostsPerSecond} posts a second by the clock (${figures.twiceStatementsPerSecond} statements) are read a second time, by the encoder in a thread of its own; ${figures.twiceMemoryMb} MB`);
  if (!model) console.log("No trained model is shipped yet: intents were left out.");
}

function mine(all: Post[]): { statements: number; themed: number; themes: number } {
  const engine = openThemes({ table });
  let statements = 0;
  let themed = 0;
  all.forEach(({ title, html, source }, at) => {
    const { text, asides } = source ?? fromHtml(html);
    for (const { start, end } of statementsOf({ text, asides })) {
      const said = text.slice(start, end);
      statements++;
      if (model) classify(model, said, { title });
      if ((Math.imul(statements, 0x9e3779b1) >>> 0) % 5 !== 0) continue;
      themed++;
      engine.place({ text: said, title, at });
    }
  });
  return { statements, themed, themes: engine.themes().length };
}

function shippedModel(): Model | null {
  const models = path.join(process.cwd(), "app/insights/models");
  const name = readdirSync(models).find((file) => file.endsWith(".json") && "heads" in (JSON.parse(readFileSync(path.join(models, file), "utf8")) as object));
  return name ? readModel(name.slice(0, -".json".length), models) : null;
}

function rowsOf(file: string): string[] {
  return readFileSync(path.join(folder, file), "utf8").split("\n").filter((line) => line.includes("<row "));
}

function field(row: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(row)?.[1] ?? "";
  return value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#xA;", "\n").replaceAll("&#xD;", "").replaceAll("&amp;", "&");
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
