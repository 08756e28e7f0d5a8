import { expect, test } from "vitest";
import { dropPlace } from "#app/wikis/components/drop-place.ts";

// 1 ─┬ 2 ── 3
//    └ 4
// 5
const tree = [
  { id: 1, parentId: null, depth: 0 }, { id: 2, parentId: 1, depth: 1 }, { id: 3, parentId: 2, depth: 2 }, { id: 4, parentId: 1, depth: 1 }, { id: 5, parentId: null, depth: 0 },
];

test.each([
  ["onto a page, below all that is there", 5, 2, "inside", 9, { parentId: 2, beforeId: null, depth: 2 }],
  ["above a page, beside it", 5, 4, "before", 9, { parentId: 1, beforeId: 4, depth: 1 }],
  ["under a page that has others below it, as the first of those", 5, 1, "after", 0, { parentId: 1, beforeId: 2, depth: 1 }],
  ["under the last of a branch with the pointer far in, beside that page", 5, 3, "after", 9, { parentId: 2, beforeId: null, depth: 2 }],
  ["under the last of a branch with the pointer further out, beside the page above", 5, 3, "after", 0, { parentId: 1, beforeId: 4, depth: 1 }],
  ["under the last page of all, at the end of the top", 2, 5, "after", 3, { parentId: null, beforeId: null, depth: 0 }],
  ["under the last below a page, with the pointer out, between that page and the next", 3, 4, "after", 0, { parentId: null, beforeId: 5, depth: 0 }],
] as const)("a page is let go %s", (_where, dragged, over, zone, depth, place) => {
  expect(dropPlace(tree, dragged, over, { zone, depth })).toEqual(place);
});

test("what is dragged is no neighbour of its new place, and takes no place within itself", () => {
  expect(dropPlace(tree, 4, 3, { zone: "after", depth: 0 })).toEqual({ parentId: null, beforeId: 5, depth: 0 });
  for (const zone of ["before", "inside", "after"] as const) for (const over of [1, 2, 3, 4]) expect(dropPlace(tree, 1, over, { zone, depth: 0 })).toBeNull();
});
