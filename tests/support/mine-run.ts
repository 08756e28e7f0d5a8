// A process of its own that reads posts with a model out of a file, as the worker does, and says so after each stretch:
// to be killed.
import { readFileSync } from "node:fs";
import { deserialize } from "node:v8";
import { useModel } from "#app/insights/active-model.ts";
import { mineNextBatch } from "#app/insights/mine-everything.ts";

const [runId, batch, model] = process.argv.slice(2);
useModel(deserialize(readFileSync(model!)));
while (!(await mineNextBatch(Number(runId), Number(batch)))) process.stdout.write("read\n");
process.exit();
