import { documentToMarkdown } from "#app/core/rich-text.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { breather } from "./breathe.ts";
import { diffWords, type DiffPart } from "./text-diff.ts";
import { wordsOf } from "./rich-text/plain-text.ts";

/** How a part of a document is shown: its look, how deep it stands in lists and quotes, and its sign. */
export type Shape = { look: "text" | "heading" | "item" | "code" | "row" | "rule"; depth: number; sign: string };
type Piece = Shape & { /** The words of each cell of a row; of anything else just one. */ cells: string[]; /** The same as Markdown: two pieces that say the same with other marks differ here. */ source: string };

/** A part of a document, and what became of it. `before` is how the shape was, where that changed. */
export type DocumentBlock = { mark: "same" | "added" | "removed" | "changed"; shape: Shape; cells: DiffPart[][] };

/** Past this, what is left is shown as removed and added whole: nobody waits longer for a comparison. */
const BUDGET_MS = 2000;
/** The pieces of one changed run that are matched by likeness; longer runs are matched in order. */
const MAX_MATCHED = 60;

/**
 * What changed between two documents: paragraphs, headings, items, lines of code, rows of tables. What stayed in its place
 * is told word by word. However long both are, others are answered meanwhile, and it ends.
 */
export async function diffDocuments(before: RichText, after: RichText, { budgetMs = BUDGET_MS } = {}): Promise<DocumentBlock[]> {
  const breathe = breather();
  const [old, now] = [await piecesOf(before, breathe), await piecesOf(after, breathe)];
  const until = Date.now() + budgetMs;
  const blocks: DocumentBlock[] = [];
  for (const run of runsOf(old.map(keyOf), now.map(keyOf))) {
    if (run.kind === "same") for (const piece of old.slice(run.from, run.to)) blocks.push(whole("same", piece));
    else {
      for (const [left, right] of matched(old.slice(run.from, run.to), now.slice(run.otherFrom, run.otherTo))) {
        await breathe();
        blocks.push(...(left && right && Date.now() < until ? changed(left, right) : [...(left ? [whole("removed", left)] : []), ...(right ? [whole("added", right)] : [])]));
      }
    }
  }
  return blocks;
}

/** Long stretches in which nothing changed, cut to what stands around a change. Null marks a gap. */
export function aroundChanges(blocks: DocumentBlock[], context = 2): (DocumentBlock | null)[] {
  const near = blocks.map(() => false);
  blocks.forEach(({ mark }, at) => {
    if (mark !== "same") for (let beside = Math.max(0, at - context); beside <= Math.min(blocks.length - 1, at + context); beside++) near[beside] = true;
  });
  return blocks.flatMap((block, at) => (near[at] ? [block] : at === 0 || near[at - 1] ? [null] : []));
}

async function piecesOf(document: RichText, breathe: () => Promise<void> | undefined): Promise<Piece[]> {
  const pieces: Piece[] = [];
  const add = (node: RichTextNode, shape: Shape, cells: string[]) => pieces.push({ ...shape, cells, source: sourceOf(node) });
  const walk = async (nodes: RichTextNode[], depth: number, sign: string): Promise<void> => {
    for (const [index, node] of nodes.entries()) {
      await breathe();
      const content = node.content ?? [];
      // Only the first block of an item carries its sign.
      const shown = index === 0 ? sign : "";
      const look = shown ? ("item" as const) : ("text" as const);
      if (node.type === "paragraph") add(node, { look, depth, sign: shown }, [wordsOf([node])]);
      else if (node.type === "heading") add(node, { look: "heading", depth, sign: "#".repeat(Number(node.attrs?.level ?? 2)) }, [wordsOf([node])]);
      else if (node.type === "codeBlock") for (const line of (content[0]?.text ?? "").split("\n")) pieces.push({ look: "code", depth, sign: "", cells: [line], source: line });
      else if (node.type === "horizontalRule") pieces.push({ look: "rule", depth, sign: "", cells: ["—"], source: "" });
      else if (node.type === "table") for (const row of content) pieces.push({ look: "row", depth, sign: "", cells: (row.content ?? []).map((cell) => wordsOf(cell.content ?? [])), source: (row.content ?? []).map((cell) => (cell.content ?? []).map(sourceOf).join("")).join(" | ") });
      else if (node.type.endsWith("List")) for (const [at, item] of content.entries()) await walk(item.content ?? [], depth + 1, signOf(node, item, at));
      else await walk(content, depth + 1, "");
    }
  };
  await walk(document.content ?? [], 0, "");
  return pieces;
}

function signOf(list: RichTextNode, item: RichTextNode, at: number): string {
  if (list.type === "taskList") return item.attrs?.checked ? "☑" : "☐";
  // Numbers move when an item comes in before: they are told apart by place, not by number.
  return list.type === "orderedList" ? `${Number(list.attrs?.start ?? 1) + at}.` : "•";
}

function sourceOf(node: RichTextNode): string {
  return node.type === "paragraph" || node.type === "heading" ? documentToMarkdown({ type: "doc", content: [{ ...node, type: "paragraph", attrs: undefined }] }) : "";
}

function keyOf({ look, depth, sign, cells, source }: Piece): string {
  return JSON.stringify([look, depth, /^\d/.test(sign) ? "1." : sign, cells, source]);
}

type Run = { kind: "same"; from: number; to: number } | { kind: "changed"; from: number; to: number; otherFrom: number; otherTo: number };

/**
 * The stretches that are the same and those between. By patience: pieces that stand once in both and in the same order
 * hold the rest apart (Bram Cohen's diff), then equal ones beside those join them. Its cost grows with the length, not
 * with how much differs.
 */
function runsOf(old: string[], now: string[]): Run[] {
  const pairs: [number, number][] = [];
  const match = (from: number, to: number, otherFrom: number, otherTo: number) => {
    while (from < to && otherFrom < otherTo && old[from] === now[otherFrom]) pairs.push([from++, otherFrom++]);
    const tail: [number, number][] = [];
    while (from < to && otherFrom < otherTo && old[to - 1] === now[otherTo - 1]) tail.unshift([--to, --otherTo]);
    const anchors = from < to && otherFrom < otherTo ? anchorsIn(old, now, from, to, otherFrom, otherTo) : [];
    let [at, otherAt] = [from, otherFrom];
    for (const [left, right] of anchors) {
      match(at, left, otherAt, right);
      pairs.push([left, right]);
      [at, otherAt] = [left + 1, right + 1];
    }
    if (anchors.length > 0) match(at, to, otherAt, otherTo);
    pairs.push(...tail);
  };
  match(0, old.length, 0, now.length);

  const runs: Run[] = [];
  let [at, otherAt] = [0, 0];
  for (const [left, right] of [...pairs, [old.length, now.length] as [number, number]]) {
    if (left > at || right > otherAt) runs.push({ kind: "changed", from: at, to: left, otherFrom: otherAt, otherTo: right });
    if (left < old.length) {
      const last = runs.at(-1);
      if (last?.kind === "same" && last.to === left) last.to++;
      else runs.push({ kind: "same", from: left, to: left + 1 });
    }
    [at, otherAt] = [left + 1, right + 1];
  }
  return runs;
}

/** What stands once on both sides, as the longest row of such pairs that is in order on both. */
function anchorsIn(old: string[], now: string[], from: number, to: number, otherFrom: number, otherTo: number): [number, number][] {
  const places = new Map<string, { left: number; right: number; count: number; otherCount: number }>();
  for (let at = from; at < to; at++) {
    const place = places.get(old[at]!);
    if (place) place.count++;
    else places.set(old[at]!, { left: at, right: -1, count: 1, otherCount: 0 });
  }
  for (let at = otherFrom; at < otherTo; at++) {
    const place = places.get(now[at]!);
    if (place) Object.assign(place, { right: at, otherCount: place.otherCount + 1 });
  }
  const unique = [...places.values()].filter(({ count, otherCount }) => count === 1 && otherCount === 1);
  // Piles of patience: each pair remembers the top of the pile to its left.
  const tops: { left: number; right: number; before?: unknown }[] = [];
  for (const { left, right } of unique) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle]!.right < right) low = middle + 1;
      else high = middle;
    }
    tops[low] = { left, right, before: tops[low - 1] };
  }
  const row: [number, number][] = [];
  for (let pair = tops.at(-1); pair; pair = pair.before as typeof pair) row.unshift([pair.left, pair.right]);
  return row;
}

/** Which of the pieces that left became which of those that came: the likest, in order. */
function matched(old: Piece[], now: Piece[]): [Piece | null, Piece | null][] {
  if (old.length === 0 || now.length === 0 || old.length > MAX_MATCHED || now.length > MAX_MATCHED) {
    return Array.from({ length: Math.max(old.length, now.length) }, (_, at) => [old[at] ?? null, now[at] ?? null]);
  }
  const [left, right] = [old.map(bagOf), now.map(bagOf)];
  const best = Array.from({ length: old.length + 1 }, () => new Float64Array(now.length + 1));
  const gain = (at: number, other: number) => {
    if (old[at]!.look !== now[other]!.look) return 0;
    // A row is known by what stands first in it, whatever became of the rest.
    const isSameRow = old[at]!.look === "row" && old[at]!.cells[0] !== "" && old[at]!.cells[0] === now[other]!.cells[0];
    return isSameRow ? 1 : likeness(left[at]!, right[other]!);
  };
  for (let at = old.length - 1; at >= 0; at--) {
    for (let other = now.length - 1; other >= 0; other--) {
      const own = gain(at, other);
      best[at]![other] = Math.max(best[at + 1]![other]!, best[at]![other + 1]!, own > 0.3 ? own + best[at + 1]![other + 1]! : 0);
    }
  }
  const pairs: [Piece | null, Piece | null][] = [];
  let [at, other] = [0, 0];
  while (at < old.length || other < now.length) {
    if (at === old.length) pairs.push([null, now[other++]!]);
    else if (other === now.length) pairs.push([old[at++]!, null]);
    else if (gain(at, other) > 0.3 && best[at]![other] === gain(at, other) + best[at + 1]![other + 1]!) pairs.push([old[at++]!, now[other++]!]);
    else if (best[at]![other] === best[at + 1]![other]) pairs.push([old[at++]!, null]);
    else pairs.push([null, now[other++]!]);
  }
  return pairs;
}

function bagOf({ cells }: Piece): Set<string> {
  return new Set(cells.join(" ").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Sørensen and Dice: twice what both have, of what each has. */
function likeness(one: Set<string>, other: Set<string>): number {
  if (one.size === 0 || other.size === 0) return one.size === other.size ? 0.5 : 0;
  let both = 0;
  for (const word of one) if (other.has(word)) both++;
  return (2 * both) / (one.size + other.size);
}

function changed(old: Piece, now: Piece): DocumentBlock[] {
  const { look, depth, sign } = now;
  const shape = { look, depth, sign };
  if (old.look === "row" && now.look === "row") {
    const cells = Array.from({ length: Math.max(old.cells.length, now.cells.length) }, (_, at) => diffWords(old.cells[at] ?? "", now.cells[at] ?? "") ?? replaced(old.cells[at] ?? "", now.cells[at] ?? ""));
    return [{ mark: "changed", shape, cells }];
  }
  if (old.look !== now.look) return [whole("removed", old), whole("added", now)];
  // The words are the same: what changed is how they look, or their sign, and only the source tells.
  const isSource = old.cells[0] === now.cells[0];
  const parts = isSource ? diffWords(prefixed(old), prefixed(now)) : diffWords(old.cells[0] ?? "", now.cells[0] ?? "");
  return parts ? [{ mark: "changed", shape: isSource ? { ...shape, sign: "" } : shape, cells: [parts] }] : [whole("removed", old), whole("added", now)];
}

function prefixed({ sign, source, cells }: Piece): string {
  return [sign, source || cells[0]].filter(Boolean).join(" ");
}

function replaced(old: string, now: string): DiffPart[] {
  return [...(old ? [{ text: old, mark: "removed" as const }] : []), ...(now ? [{ text: now, mark: "added" as const }] : [])];
}

function whole(mark: "same" | "added" | "removed", { look, depth, sign, cells }: Piece): DocumentBlock {
  return { mark, shape: { look, depth, sign }, cells: cells.map((text) => [{ text, mark }]) };
}
