import { diff3MergeRegions } from "node-diff3";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import type { RichText } from "#db/schema/rich-text.ts";

/** A run of lines that is settled, or one in which both changed the same. All in Markdown. */
export type MergePiece = { kind: "settled"; text: string } | { kind: "conflict"; base: string; theirs: string; mine: string };

/**
 * Puts two changes of one text together: what only one of them touched is taken from there, what both touched in
 * different ways is left to a person, with both wordings.
 */
export function mergeTexts(base: RichText, theirs: RichText, mine: RichText): MergePiece[] {
  const [old, their, my] = [linesOf(base), linesOf(theirs), linesOf(mine)];
  const pieces: MergePiece[] = [];
  const settle = (lines: string[]) => {
    const last = pieces.at(-1);
    if (last?.kind === "settled") last.text += lines.join("");
    else pieces.push({ kind: "settled", text: lines.join("") });
  };
  for (const region of diff3MergeRegions(my, old, their)) {
    if (region.stable) settle(region.bufferContent);
    else if (region.aContent.join("") === region.bContent.join("")) settle(region.aContent);
    else if (region.aContent.join("") === region.oContent.join("")) settle(region.bContent);
    else if (region.bContent.join("") === region.oContent.join("")) settle(region.aContent);
    else for (const line of lineByLine(region.oContent, region.bContent, region.aContent)) {
      if (line.kind === "settled") settle([line.text]);
      else pieces.push(line);
    }
  }
  return pieces;
}

/** Neighbouring lines, of which each changed some: where as many stand on all sides, each is a question of its own. */
function lineByLine(base: string[], theirs: string[], mine: string[]): MergePiece[] {
  if (base.length !== theirs.length || base.length !== mine.length) return [{ kind: "conflict", base: base.join(""), theirs: theirs.join(""), mine: mine.join("") }];
  return base.map((line, at) => {
    const merged = mergeLine(line, theirs[at]!, mine[at]!);
    return merged === null ? { kind: "conflict", base: line, theirs: theirs[at]!, mine: mine[at]! } : { kind: "settled", text: merged };
  });
}

/** Both wordings of a line, or the one that changed. Null when both changed it in different ways. */
export function mergeLine(base: string, theirs: string, mine: string): string | null {
  if (theirs === base || theirs === mine) return mine;
  return mine === base ? theirs : null;
}

/** The pieces as a form sends them back, put together. `choice` says which wording stays of what both changed. */
export function joinedPieces(fields: Record<string, unknown>): string {
  const text = (name: string) => (typeof fields[name] === "string" ? (fields[name] as string).replace(/\r\n?/g, "\n") : "");
  let whole = "";
  const add = (at: number, name: string) => {
    const words = text(`${name}-${at}`).replace(/^\n+/, "");
    const lead = Math.max(0, Math.min(Number(text(`lead-${at}`)) || 0, 3));
    if (words.trim() !== "") whole = joined(whole, "\n".repeat(lead) + words);
  };
  for (let at = 0; at < 2000; at++) {
    if (`piece-${at}` in fields) whole = joined(whole, text(`piece-${at}`));
    else if (`mine-${at}` in fields) {
      const choice = text(`choice-${at}`);
      if (choice !== "mine") add(at, "theirs");
      if (choice !== "theirs") add(at, "mine");
    } else break;
  }
  return whole;
}

/** A line with the empty ones before it, so that blocks stay apart wherever they come to stand. */
function linesOf(body: RichText): string[] {
  return documentToMarkdown(body).match(/\n*[^\n]+/g) ?? [];
}

/** What was edited by hand may have lost its ends: two blocks never run together. */
function joined(before: string, next: string): string {
  if (before === "" || next.trim() === "" || next.startsWith("\n")) return before + next;
  return before.endsWith("\n") ? before + next : `${before}\n\n${next}`;
}
