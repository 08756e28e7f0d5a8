import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { sql } from "drizzle-orm";
import { shared } from "#app/core/shared.ts";
import type { Executor } from "#db/client.ts";
import type { LearnedModel, LearnedPhrase } from "#db/schema/insights.ts";
import type { LocalWeights } from "../mining/model.ts";

/** What phrases learnt from corrections add to. */
export const GLOSSARY = "glossary";

/** The number of the one in use: the last that was taken and that nobody has gone back from. */
const inUse = (kind: LearnedModel["kind"], base: string) => sql`
  select id from learned_models where kind = ${kind}::learned_kind and base_version = ${base} and active_from is not null and retired_at is null order by id desc limit 1`;

/** In this process, the weights that it used last: reading them takes longer than asking whether they are still in use. */
const held = shared("insights.learned", () => ({ version: "", weights: new Map() as LocalWeights }));

/** What is in use of what was learnt on top of a shipped model. */
export async function readLearnedWeights(on: Executor, base: string): Promise<{ version: string; weights: LocalWeights } | null> {
  const [row] = await on.execute<{ id: string; version: string }>(sql`select id, version from learned_models where id = (${inUse("intent", base)})`);
  if (!row) return null;
  if (held.version !== row.version) {
    const [whole] = await on.execute<{ weights: Buffer }>(sql`select weights from learned_models where id = ${row.id}::bigint`);
    held.weights = unpackWeights(Buffer.from(whole!.weights));
    held.version = row.version;
  }
  return { version: row.version, weights: held.weights };
}

/** The version of these alone. */
export async function readLearnedVersion(on: Executor, base: string): Promise<string | null> {
  const [row] = await on.execute<{ version: string }>(sql`select version from learned_models where id = (${inUse("intent", base)})`);
  return row?.version ?? null;
}

/** Words that corrections showed to mean an area of the product. */
export async function readLearnedPhrases(on: Executor): Promise<LearnedPhrase[]> {
  const [row] = await on.execute<{ phrases: LearnedPhrase[] }>(sql`select phrases from learned_models where id = (${inUse("area", GLOSSARY)})`);
  return row?.phrases ?? [];
}

/** Weights as bytes: for each bucket its number and its row, packed. The same weights make the same bytes. */
export function packWeights(weights: LocalWeights): Buffer {
  const rows = [...weights].sort(([a], [b]) => a - b);
  const width = rows[0]?.[1].length ?? 0;
  const bytes = Buffer.alloc(4 + rows.length * 4 * (1 + width));
  bytes.writeUInt32LE(width, 0);
  let at = 4;
  for (const [bucket, row] of rows) {
    at = bytes.writeUInt32LE(bucket, at);
    for (const value of row) at = bytes.writeFloatLE(value, at);
  }
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

export function unpackWeights(packed: Buffer): LocalWeights {
  const bytes = brotliDecompressSync(packed);
  const width = bytes.readUInt32LE(0);
  const weights: LocalWeights = new Map();
  for (let at = 4; at < bytes.length; at += 4 * (1 + width)) weights.set(bytes.readUInt32LE(at), Float32Array.from({ length: width }, (_, k) => bytes.readFloatLE(at + 4 * (1 + k))));
  return weights;
}
