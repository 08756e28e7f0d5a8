import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest although its file is short: real browsers, whole processes, every address there is. */
const LONG = ["server/process", "browser/", "bad-input", "server/web-processes", "leaks", "bad-addresses", "server/import/", "search/", "server/", "hostile-words", "insights/", "notifications/"];

/** Begins with what takes long, so that no worker is left alone with it at the end; otherwise the larger file is first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((place) => moduleId.includes(`/tests/${place}`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
