import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { embed, encoderName, hasEncoder } from "../encoder/encoder.ts";
import { DIMENSIONS } from "../encoder/shape.ts";
import { textToEmbed } from "../mining/second-reading.ts";
import type { Example } from "./train-model.ts";

const KEPT = path.join(process.cwd(), "node_modules/.cache/wellspring");
const KEY_BYTES = 16;
const ROW_BYTES = KEY_BYTES + DIMENSIONS * 4;
/** So many texts wait for the encoder at a time, and so often what is done is kept. */
const AT_ONCE = 500;

/**
 * The examples with what the encoder makes of each, the first time at the encoder's pace; it is kept below node_modules,
 * so that training and measuring do it once between them. As they are where no encoder is.
 */
export async function withEmbeddings<One extends Example>(examples: One[]): Promise<One[]> {
  if (!hasEncoder()) return examples;
  const file = path.join(KEPT, `embeddings-${encoderName()}.bin`);
  const known = existsSync(file) ? unpack(readFileSync(file)) : new Map<string, Float32Array>();
  const asked = [...new Set(examples.filter(({ intent }) => intent !== undefined).map(textToEmbed))];
  const missing = asked.filter((text) => !known.has(keyOf(text)));
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    process.stderr.write(`Encoding texts: ${from} of ${missing.length}\n`);
    await Promise.all(missing.slice(from, from + AT_ONCE).map(async (text) => known.set(keyOf(text), await embed(text, { threads: availableParallelism() }))));
  }
  if (missing.length > 0) {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(file, pack(known));
  }
  return examples.map((example) => ({ ...example, embedding: known.get(keyOf(textToEmbed(example))) }));
}

function keyOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, KEY_BYTES * 2);
}

function pack(known: Map<string, Float32Array>): Buffer {
  return Buffer.concat([...known].flatMap(([key, row]) => [Buffer.from(key, "hex"), Buffer.from(row.buffer, row.byteOffset, row.byteLength)]));
}

function unpack(bytes: Buffer): Map<string, Float32Array> {
  const known = new Map<string, Float32Array>();
  for (let at = 0; at + ROW_BYTES <= bytes.length; at += ROW_BYTES) {
    known.set(bytes.toString("hex", at, at + KEY_BYTES), new Float32Array(new Uint8Array(bytes.subarray(at + KEY_BYTES, at + ROW_BYTES)).buffer));
  }
  return known;
}
