import path from "node:path";
import { TestRunner } from "vitest";

const testFolder = path.join(import.meta.dirname, "..") + path.sep;

/**
 * The files that one worker takes, one after the other, share the community's own modules, which are half of the work
 * when each loads them anew. What stands in `tests/` is loaded anew for each file: its servers, folders and hooks are
 * of that file alone.
 */
export default class Runner extends TestRunner {
  override importFile(filepath: string, source: "collect" | "setup") {
    if (source === "setup") {
      const { evaluatedModules } = (this as unknown as { workerState: { evaluatedModules: Modules } }).workerState;
      for (const [id, module] of evaluatedModules.idToModuleMap) if (id.startsWith(testFolder)) evaluatedModules.invalidateModule(module);
    }
    return super.importFile(filepath, source as never);
  }
}

type Modules = { idToModuleMap: Map<string, object>; invalidateModule: (module: object) => void };
