import { parentPort, workerData } from "node:worker_threads";
import type { Model } from "../mining/model.ts";
import { lessonOf, type Correction } from "../training/learn-from.ts";
import type { PlainSentence } from "../training/plain-sentences.ts";

/** The thread in which corrections are learnt from: with two thousand of them it takes more than a minute of a processor. */
const { shipped, corrections, plain } = workerData as { shipped: Model; corrections: Correction[]; plain: PlainSentence[] };
parentPort!.postMessage(lessonOf(shipped, corrections, plain));
