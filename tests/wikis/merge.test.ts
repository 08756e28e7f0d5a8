import { expect, test } from "vitest";
import { documentToMarkdown, markdownToDocument } from "#app/core/rich-text.ts";
import { joinedPieces, mergeLine, mergeTexts, type MergePiece } from "#app/wikis/merge-page.ts";

const merge = (base: string, theirs: string, mine: string) => mergeTexts(markdownToDocument(base), markdownToDocument(theirs), markdownToDocument(mine));

/** What the merge view's form would send, with one choice for all. */
function sent(pieces: MergePiece[], choice: string): Record<string, string> {
  return Object.fromEntries(pieces.flatMap((piece, at): [string, string][] => {
    if (piece.kind === "settled") return [[`piece-${at}`, piece.text.replaceAll("\n", "\r\n")]];
    const lead = /^\n*/.exec(piece.theirs || piece.mine)![0].length;
    return [[`lead-${at}`, String(lead)], [`theirs-${at}`, piece.theirs.trimStart()], [`mine-${at}`, piece.mine.trimStart()], [`choice-${at}`, choice]];
  }));
}
const joined = (pieces: MergePiece[], choice = "both") => documentToMarkdown(markdownToDocument(joinedPieces(sent(pieces, choice))));

test.each([
  ["in different paragraphs", "One.\n\nTwo.\n\nThree.", "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!", "One!\n\nTwo.\n\nThree!"],
  ["in different items of a list", "- a\n- b\n- c\n- d", "- a1\n- b\n- c\n- d", "- a\n- b\n- c\n- d4", "- a1\n- b\n- c\n- d4"],
  ["the same in the same place", "One.\n\nTwo.", "One!\n\nTwo.", "One!\n\nTwo.", "One!\n\nTwo."],
  ["in different rows of a table", "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |", "| A | B |\n| --- | --- |\n| 1 | 0 |\n| 3 | 4 |\n| 5 | 6 |", "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 0 |", "| A | B |\n| --- | --- |\n| 1 | 0 |\n| 3 | 4 |\n| 5 | 0 |"],
])("two changes %s are put together", (_where, base, theirs, mine, expected) => {
  const pieces = merge(base, theirs, mine);
  expect(pieces.every(({ kind }) => kind === "settled")).toBe(true);
  expect(joined(pieces)).toBe(expected);
});

test("two changes of the same words keep both, and the person says which stays", () => {
  const pieces = merge("One.\n\nTwo is two.\n\nThree.", "One.\n\nTwo is three.\n\nThree.", "One.\n\nTwo is four.\n\nThree.");
  expect(pieces.map(({ kind }) => kind)).toEqual(["settled", "conflict", "settled"]);
  expect(joined(pieces, "both")).toBe("One.\n\nTwo is three.\n\nTwo is four.\n\nThree.");
  expect(joined(pieces, "theirs")).toBe("One.\n\nTwo is three.\n\nThree.");
  expect(joined(pieces, "mine")).toBe("One.\n\nTwo is four.\n\nThree.");
  // No choice at all loses nothing.
  expect(joined(pieces, "")).toBe("One.\n\nTwo is three.\n\nTwo is four.\n\nThree.");
});

test("a list whose item both changed stays one list", () => {
  const pieces = merge("- a\n- b\n- c", "- a\n- b1\n- c", "- a\n- b2\n- c");
  expect(joined(pieces)).toBe("- a\n- b1\n- b2\n- c");
});

test("what one removed and the other rewrote is not lost", () => {
  const pieces = merge("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\nTwo, rewritten.\n\nThree.");
  expect(joined(pieces)).toContain("Two, rewritten.");
});

test("of two titles the changed one stays, and two changed ones are left to the person", () => {
  expect([mergeLine("A", "A", "B"), mergeLine("A", "B", "A"), mergeLine("A", "B", "B"), mergeLine("A", "B", "C")]).toEqual(["B", "B", "B", null]);
});
