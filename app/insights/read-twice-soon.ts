import { config } from "#app/core/config.ts";
import { addJob } from "#app/core/jobs.ts";
import type { Executor } from "#db/client.ts";
import { hasEncoder } from "./encoder/encoder.ts";
import type { Model } from "./mining/model.ts";

/** The name of the job in read-twice.ts. */
export const READ_TWICE = "insights.read-twice";

/** Whether posts are read a second time: the model has learnt to, the encoder came with it, and nobody has turned it off. */
export function canReadTwice(model: Model | null): boolean {
  return config.readTwice && model?.second !== undefined && hasEncoder();
}

/** Asks for the second reading of what was read once. */
export function readTwiceSoon(on: Executor): Promise<void> {
  return addJob(on, READ_TWICE, {}, { key: `${READ_TWICE}:due`, keepsTime: true });
}
