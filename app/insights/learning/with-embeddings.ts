import { shared } from "#app/core/shared.ts";
import { embed } from "../encoder/encoder.ts";
import type { Model } from "../mining/model.ts";
import { textToEmbed } from "../mining/second-reading.ts";
import { canReadTwice } from "../read-twice-soon.ts";

/** What was asked for last is held, 20 MB of it: people correct some statements more, and most are asked for again. */
const MOST_HELD = 4000;
const held = shared("insights.embeddings", () => new Map<string, Float32Array>());

/** Statements with what the encoder makes of each, or as they are where posts are read once. */
export async function withEmbeddings<One extends { title?: string; text: string }>(model: Model, all: readonly One[]): Promise<(One & { embedding?: Float32Array })[]> {
  if (!canReadTwice(model)) return [...all];
  const embedded: (One & { embedding?: Float32Array })[] = [];
  for (const one of all) embedded.push({ ...one, embedding: await embeddingOf(textToEmbed(one)) });
  return embedded;
}

async function embeddingOf(text: string): Promise<Float32Array> {
  const embedding = held.get(text) ?? (await embed(text));
  // The last in order is the last used.
  held.delete(text);
  held.set(text, embedding);
  if (held.size > MOST_HELD) held.delete(held.keys().next().value!);
  return embedding;
}
