import { z } from "zod";
import { defineJob } from "#app/core/jobs.ts";
import { db } from "#db/client.ts";
import { drawSample } from "./draw-sample.ts";

/** On Mondays: the twenty statements by which the week is measured. */
export const drawWeekly = defineJob({ name: "insights.draw-sample", input: z.looseObject({}), maxAttempts: 5, run: () => drawSample(db) });
