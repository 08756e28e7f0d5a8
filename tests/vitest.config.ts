import path from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./support/longest-first.ts";

export default defineConfig({
  root: path.join(import.meta.dirname, ".."),
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    globalSetup: "tests/support/template-database.ts",
    setupFiles: "tests/support/fresh-database.ts",
    sequence: { sequencer: LongestFirst },
    // A worker keeps the community's modules from file to file: see the runner.
    isolate: false,
    runner: "tests/support/runner.ts",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What comes about by itself may take its time where others work too.
    expect: { poll: { timeout: 15_000 } },
    // The encoder takes a processor and 400 MB for itself; its own tests turn it on.
    env: { LOG_LEVEL: "silent", READ_TWICE: "0" },
  },
});
