import type { Branch } from "../tree.ts";

type Row = Pick<Branch, "id" | "parentId" | "depth">;

/** Where a page goes when it is let go: under a page or at the top, before one of those there or last, and how deep that is. */
export type Drop = { parentId: number | null; beforeId: number | null; depth: number };

/** The part of a row the pointer is in. */
export type Zone = "before" | "inside" | "after";

/**
 * Where a page goes that is let go over a row. After the last page of a branch there are several such places: beside
 * that page, beside the one above it, and so on; how far in the pointer stands chooses. Null within its own branch.
 */
export function dropPlace(tree: Row[], draggedId: number, overId: number, { zone, depth }: { zone: Zone; depth: number }): Drop | null {
  const others = withoutBranch(tree, draggedId);
  const at = others.findIndex(({ id }) => id === overId);
  const over = others[at];
  if (!over) return null;
  if (zone === "inside") return { parentId: over.id, beforeId: null, depth: over.depth + 1 };
  if (zone === "before") return { parentId: over.parentId, beforeId: over.id, depth: over.depth };
  const next = others[at + 1];
  if (next && next.depth > over.depth) return { parentId: next.parentId, beforeId: next.id, depth: next.depth };
  const wanted = Math.min(over.depth, Math.max(next?.depth ?? 0, depth));
  const beside = others.slice(0, at + 1).findLast((row) => row.depth === wanted)!;
  return { parentId: beside.parentId, beforeId: next?.depth === wanted ? next.id : null, depth: wanted };
}

/** The rows of a tree without a page and all below it. */
function withoutBranch(tree: Row[], id: number): Row[] {
  const from = tree.findIndex((row) => row.id === id);
  if (from < 0) return tree;
  const end = tree.findIndex((row, at) => at > from && row.depth <= tree[from]!.depth);
  return [...tree.slice(0, from), ...(end < 0 ? [] : tree.slice(end))];
}
