import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** Starts a file of ours, named from the project's folder, in a thread of its own: a thread begins without what lets the process read TypeScript. */
export function startThread(file: string, workerData: unknown): Worker {
  const url = pathToFileURL(path.resolve(file)).href;
  return new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport("${url}", "${url}"))`, { eval: true, workerData });
}

/**
 * What a file of ours answers to its `workerData` in a thread of its own, for work of seconds in a process that also
 * answers people.
 *
 * @throws Error when the thread fails or ends without an answer
 */
export async function inThread<Answer>(file: string, workerData: unknown): Promise<Answer> {
  const worker = startThread(file, workerData);
  const ended = once(worker, "exit").then(() => {
    throw new Error(`${file} ended without an answer.`);
  });
  try {
    const [answer] = await Promise.race([once(worker, "message"), ended]);
    return answer as Answer;
  } finally {
    ended.catch(() => {});
    void worker.terminate();
  }
}
