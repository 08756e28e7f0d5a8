import { readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { Tokenizer } from "@huggingface/tokenizers";
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { DIMENSIONS, LAYERS, MOST_TOKENS, WIDTH, type Ask, type Files, type Told } from "./shape.ts";
import { withOutputs } from "./with-outputs.ts";

/** The thread in which texts are encoded: one text takes some ten milliseconds, in which nobody else should wait. */
const { model, tokenizer } = workerData as Files;
// On Linux this thread alone: where a community lives, whoever waits for a page goes first.
if (process.platform === "linux" && process.env.NODE_ENV === "production") setPriority(constants.priority.PRIORITY_LOW);
env.wasm.numThreads = 1;
const session = InferenceSession.create(withOutputs(readFileSync(model), LAYERS), { executionProviders: ["wasm"] });
const words = new Tokenizer(JSON.parse(readFileSync(tokenizer, "utf8")), {});

parentPort!.on("message", async ({ id, text }: Ask) => {
  try {
    parentPort!.postMessage({ id, embedding: await encode(text) } satisfies Told);
  } catch (error) {
    parentPort!.postMessage({ id, error: String(error) } satisfies Told);
  }
});

/** The mean over the tokens of what each of the layers says, side by side (mean pooling: Reimers and Gurevych, EMNLP 2019). */
async function encode(text: string): Promise<Float32Array> {
  // The prefix with which the encoder was trained on texts that are not looked for (Wang and others, arXiv 2212.03533).
  const all = words.encode(`query: ${text}`).ids;
  const ids = all.length <= MOST_TOKENS ? all : [...all.slice(0, MOST_TOKENS - 1), all.at(-1)!];
  const row = (values: number[]) => new Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
  const told = await (await session).run({ input_ids: row(ids), attention_mask: row(ids.map(() => 1)), token_type_ids: row(ids.map(() => 0)) });
  const embedding = new Float32Array(DIMENSIONS);
  LAYERS.forEach((layer, at) => {
    const data = told[layer]!.data as Float32Array;
    for (let token = 0; token < ids.length; token++) for (let k = 0; k < WIDTH; k++) embedding[at * WIDTH + k]! += data[token * WIDTH + k]! / ids.length;
    told[layer]!.dispose();
  });
  return embedding;
}
