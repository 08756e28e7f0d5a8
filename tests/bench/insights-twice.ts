import { embed } from "#app/insights/encoder/encoder.ts";
import { classify } from "#app/insights/mining/classify.ts";
import type { Model } from "#app/insights/mining/model.ts";
import { textToEmbed } from "#app/insights/mining/second-reading.ts";
import { statementsOf } from "#app/insights/mining/statements.ts";
import type { SourceText } from "#app/insights/mining/source-text.ts";

const POSTS = 60;
const ROUNDS = 3;

/** How many posts a second are read a second time, all their statements, by the encoder in its one thread; by the clock, median of three rounds over others each. */
export async function measureTwice(model: Model, posts: { title: string; source: SourceText }[]) {
  await embed("The first text waits for the encoder to be there.");
  const seconds: number[] = [];
  let statements = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let at = 0; at < POSTS; at++) {
      const { title, source } = posts[Math.floor(((round * POSTS + at) * posts.length) / (ROUNDS * POSTS))]!;
      const said = statementsOf(source).map(({ start: from, end }) => source.text.slice(from, end));
      const embeddings = await Promise.all(said.map((text) => embed(textToEmbed({ title, text }))));
      said.forEach((text, n) => classify(model, text, { title }, embeddings[n]));
      statements += said.length;
    }
    seconds.push((performance.now() - start) / 1000);
  }
  const median = seconds.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
  return { twicePostsPerSecond: Math.round((POSTS / median) * 10) / 10, twiceStatementsPerSecond: Math.round(statements / seconds.reduce((sum, one) => sum + one, 0)), twiceMemoryMb: Math.round(process.memoryUsage.rss() / 1e6) };
}
