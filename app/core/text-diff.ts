import { diffArrays, diffWordsWithSpace } from "diff";

export type DiffPart = { text: string; mark: "same" | "added" | "removed" };

/** A paragraph, list item or line of code, and what became of it. */
export type DiffBlock = { mark: "same" | "added" | "removed" | "changed"; parts: DiffPart[] };

/** Beyond this many differing words, two blocks are shown one after the other: a search for the least change would take too long. */
const MAX_WORD_EDITS = 400;
const MAX_BLOCK_EDITS = 2000;

/** What changed between two texts: by blocks first, and by words within a block that stayed in its place. */
export function diffTexts(before: string, after: string): DiffBlock[] {
  const [old, now] = [blocksOf(before), blocksOf(after)];
  const runs = diffArrays(old, now, { maxEditLength: MAX_BLOCK_EDITS });
  if (!runs) return [...whole("removed", old), ...whole("added", now)];
  const result: DiffBlock[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!;
    const next = runs[at + 1];
    if (run.removed && next?.added) {
      result.push(...pair(run.value, next.value));
      at++;
    } else result.push(...whole(run.added ? "added" : run.removed ? "removed" : "same", run.value));
  }
  return result;
}

/** Blocks that left and blocks that came in the same place, told word by word as far as both have one. */
function pair(old: string[], now: string[]): DiffBlock[] {
  const both = Math.min(old.length, now.length);
  return [
    ...Array.from({ length: both }, (_, index) => changed(old[index]!, now[index]!)).flat(),
    ...whole("removed", old.slice(both)),
    ...whole("added", now.slice(both)),
  ];
}

function changed(old: string, now: string): DiffBlock[] {
  const parts = diffWords(old, now);
  return parts ? [{ mark: "changed", parts }] : [...whole("removed", [old]), ...whole("added", [now])];
}

/** What changed between two blocks, word by word; null where they have nothing in common, or too much differs to say. */
export function diffWords(old: string, now: string): DiffPart[] | null {
  const words = diffWordsWithSpace(old, now, { maxEditLength: MAX_WORD_EDITS });
  if (!words?.some(({ added, removed, value }) => !added && !removed && value.trim() !== "")) return null;
  return words.map(({ value, added, removed }) => ({ text: value, mark: added ? "added" : removed ? "removed" : "same" }));
}

function whole(mark: "same" | "added" | "removed", blocks: string[]): DiffBlock[] {
  return blocks.map((text) => ({ mark, parts: [{ text, mark }] }));
}

function blocksOf(text: string): string[] {
  return text.split("\n").filter((block) => block.trim() !== "");
}
