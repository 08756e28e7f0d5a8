import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Worker } from "node:worker_threads";
import { shared } from "#app/core/shared.ts";
import { startThread } from "#app/core/thread.ts";
import type { Ask, Files, Told } from "./shape.ts";

const MODELS = path.join(process.cwd(), "app/insights/models");
const FILES: Files = { model: path.join(MODELS, "encoder.onnx"), tokenizer: path.join(MODELS, "encoder-tokenizer.json") };
/** After so long without a text its memory, some 400 MB, is given back. */
const IDLE_MS = 60_000;

type Waiting = { resolve: (embedding: Float32Array) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined };

const memory = shared("insights.encoder", () => ({ threads: [] as Thread[], asked: 0 }));

/** Whether the encoder came with this installation. */
export function hasEncoder(): boolean {
  return existsSync(FILES.model) && existsSync(FILES.tokenizer);
}

/** Names what `embed` answers with: another file, another name. */
export function encoderName(): string {
  return createHash("sha256").update(readFileSync(FILES.model)).digest("hex").slice(0, 16);
}

/**
 * What a pre-trained encoder makes of a text, as `DIMENSIONS` numbers: texts that say alike things lie near each other,
 * whatever words they use. It runs in threads of its own, one unless `threads` says more, and each takes one text after
 * another, so that a text has the same embedding whoever else asks. A thread does some 25 posts or 55 sentences a second.
 *
 * @throws Error when the thread ends before it answers
 */
export function embed(text: string, { threads = 1 } = {}): Promise<Float32Array> {
  const free = memory.threads.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
  const thread = free && (free.waiting.size === 0 || memory.threads.length >= threads) ? free : start();
  clearTimeout(thread.idle);
  const id = ++memory.asked;
  thread.worker.ref();
  return new Promise((resolve, reject) => {
    thread.waiting.set(id, { resolve, reject });
    thread.worker.postMessage({ id, text } satisfies Ask);
  });
}

function start(): Thread {
  const worker = startThread("app/insights/encoder/encoder-thread.ts", FILES);
  const thread: Thread = { worker, waiting: new Map(), idle: undefined };
  memory.threads.push(thread);
  worker.on("message", (told: Told) => {
    const asked = thread.waiting.get(told.id);
    thread.waiting.delete(told.id);
    if ("error" in told) asked?.reject(new Error(told.error));
    else asked?.resolve(told.embedding);
    if (thread.waiting.size > 0) return;
    // Nobody who is done waits for a thread that is.
    worker.unref();
    thread.idle = setTimeout(() => end(thread, new Error("The encoder has nothing to do.")), IDLE_MS).unref();
  });
  worker.on("error", (error) => end(thread, error as Error));
  worker.on("exit", () => end(thread, new Error("The encoder's thread has ended.")));
  return thread;
}

function end(thread: Thread, reason: Error): void {
  memory.threads = memory.threads.filter((one) => one !== thread);
  clearTimeout(thread.idle);
  for (const { reject } of thread.waiting.values()) reject(reason);
  thread.waiting.clear();
  void thread.worker.terminate();
}
