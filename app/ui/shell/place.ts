import { useMatches } from "@remix-run/react";
import type { ShellCategory, ShellData, ShellDivision } from "#app/community/shell.ts";

/** Where a page is. A page's loader answers `place`, and the frame takes the division's colour, menu and tree from it. */
export type Place = { divisionId: number; categoryId?: number };

/** The place of the page that is shown; null on pages of the whole site. */
export function usePlace(): Place | null {
  const matches = useMatches();
  for (const { data } of [...matches].reverse()) {
    const place = (data as { place?: Place } | undefined)?.place;
    if (place) return place;
  }
  return null;
}

/** Everything of the root loader, on any page; undefined only where the frame itself could not be read. */
export function useShell(): ShellData | undefined {
  const [root] = useMatches();
  return root?.data as ShellData | undefined;
}

export function divisionOf(shell: ShellData, place: Place | null): ShellDivision | undefined {
  return place ? shell.divisions.find(({ id }) => id === place.divisionId) : undefined;
}

export type CategoryBranch = ShellCategory & { children: CategoryBranch[] };

/** The categories of a division as a tree. One whose parent is hidden stands where its parent would. */
export function treeOf(categories: ShellCategory[], divisionId: number): CategoryBranch[] {
  const own = categories.filter((category) => category.divisionId === divisionId);
  const branches = new Map<number, CategoryBranch>(own.map((category) => [category.id, { ...category, children: [] }]));
  const tops: CategoryBranch[] = [];
  for (const branch of branches.values()) (branches.get(branch.parentId ?? 0)?.children ?? tops).push(branch);
  return tops;
}
