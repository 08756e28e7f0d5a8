import { useMatches } from "@remix-run/react";
import { pack, unpack } from "../packed.ts";
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

type Places = Pick<ShellData, "divisions" | "categories" | "knowledge">;

/** What the frame shows, with its places packed: they are the same on every page, and many. */
export type PackedShell = Omit<ShellData, keyof Places> & { places: string };

export function packShell<Shell extends Omit<ShellData, "unreadCount">>({ divisions, categories, knowledge, ...rest }: Shell) {
  return { ...rest, places: pack({ divisions, categories, knowledge } satisfies Places) };
}

export function unpackShell<Shell extends PackedShell>(packed: Shell): Shell & ShellData {
  return { ...packed, ...unpack<Places>(packed.places) };
}

/** What the root loader says of the frame, on any page; undefined only where it could not be read. */
export function useShell(): ShellData | undefined {
  const [root] = useMatches();
  return root?.data ? unpackShell(root.data as PackedShell) : undefined;
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
