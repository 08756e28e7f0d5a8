import type { RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";
import { imageAddress, type ImageAttributes } from "./image-address.ts";
import { pageLinkToMarkdown, type PageLinkAttributes } from "./page-link.ts";

/** Where words stand decides what must be escaped, and how a line is broken. */
type Place = "paragraph" | "heading" | "cell";

/** A run of words, the sign that opens or closes a mark, a line's end, or something that is itself only. */
type Piece =
  | { kind: "text"; text: string; inLink: boolean }
  | { kind: "open" | "close"; mark: RichTextMark; pair: number }
  | { kind: "mention"; username: string }
  | { kind: "link"; href: string }
  | { kind: "break" }
  | { kind: "atom"; source: string };

const isLetter = (letter: string | undefined) => letter !== undefined && letter.length === 1 && /[\p{L}\p{N}]/u.test(letter);
const isSpaceOrSign = (letter: string | undefined) => letter === undefined || /[\s!-/:-@[-`{-~]/.test(letter);

export function inlineToMarkdown(nodes: RichTextNode[], place: Place = "paragraph"): string {
  const pieces = piecesOf(nodes);
  const source = pieces.map((_, index) => written(pieces, index, place)).join("");
  if (place === "cell") return edged(source).replace(/\|/g, "\\|");
  const lines = source.split("\n").map((line) => lineStart(edged(line)));
  return place === "heading" ? lines.join("\n").replace(/(^|\s)(#+)$/, "$1\\$2") : lines.join("\n");
}

/** Marks are opened the longest first, so that they stand in one another as seldom crosswise as they can. */
function piecesOf(nodes: RichTextNode[]): Piece[] {
  const pieces: Piece[] = [];
  let open: { mark: RichTextMark; pair: number }[] = [];
  let pairs = 0;
  const closeTo = (length: number) => {
    while (open.length > length) pieces.push({ kind: "close", ...open.pop()! });
  };
  nodes.forEach((node, index) => {
    const marks = (node.marks ?? []).filter(({ type }) => type !== "code");
    const kept = open.findIndex(({ mark }) => !marks.some((other) => isSame(mark, other)));
    closeTo(kept < 0 ? open.length : kept);
    const missing = marks.filter((mark) => !open.some((other) => isSame(other.mark, mark)));
    const lengthOf = (mark: RichTextMark) => runLength(nodes, index, mark);
    for (const mark of missing.sort((one, other) => lengthOf(other) - lengthOf(one))) {
      const entry = { mark, pair: pairs++ };
      open.push(entry);
      pieces.push({ kind: "open", ...entry });
    }
    pieces.push(pieceOf(node, open.some(({ mark }) => mark.type === "link")));
  });
  closeTo(0);
  return withBareLinks(pieces);
}

function pieceOf(node: RichTextNode, inLink: boolean): Piece {
  if (node.type === "hardBreak") return { kind: "break" };
  if (node.type === "mention") return { kind: "mention", username: String(node.attrs!.username) };
  if (node.type === "pageLink") return { kind: "atom", source: pageLinkToMarkdown(node.attrs as PageLinkAttributes) };
  if (node.type === "image") {
    const attrs = node.attrs as ImageAttributes;
    return { kind: "atom", source: `![${attrs.alt.replace(/[\\[\]`*_<>&!@~:]/g, "\\$&")}](${imageAddress(attrs)})` };
  }
  if (node.marks?.some(({ type }) => type === "code")) return { kind: "atom", source: codeToMarkdown(node.text ?? "") };
  return { kind: "text", text: node.text ?? "", inLink };
}

function codeToMarkdown(code: string): string {
  const runs = new Set([...code.matchAll(/`+/g)].map(([run]) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  const fence = "`".repeat(length);
  const needsSpace = /^`|`$/.test(code) || (/^ .* $/.test(code) && code.trim() !== "");
  return needsSpace ? `${fence} ${code} ${fence}` : fence + code + fence;
}

/** A link that shows its own address is written as just that. */
function withBareLinks(pieces: Piece[]): Piece[] {
  const isBare = (index: number) => {
    const [open, text, close] = pieces.slice(index, index + 3);
    if (open?.kind !== "open" || open.mark.type !== "link" || text?.kind !== "text" || close?.kind !== "close" || close.pair !== open.pair) return false;
    return text.text === open.mark.attrs!.href && /^https?:\/\/[^\s<>]+$/i.test(text.text);
  };
  return pieces.flatMap((piece, index) => {
    if (isBare(index)) return [{ kind: "link", href: (pieces[index + 1] as { text: string }).text }];
    return isBare(index - 1) || isBare(index - 2) ? [] : [piece];
  });
}

function written(pieces: Piece[], index: number, place: Place): string {
  const piece = pieces[index]!;
  switch (piece.kind) {
    case "text":
      return textToMarkdown(pieces, index, piece);
    case "open":
    case "close":
      return markToMarkdown(pieces, piece);
    case "mention":
      return standsFree(pieces, index, /^[.-]*[\w@]/) ? `@${piece.username}` : `<@${piece.username}>`;
    case "link":
      return standsFree(pieces, index, /^\S/) && /^https?:\/\/[\w./-]*[\w/]$/i.test(piece.href) ? piece.href : `<${piece.href}>`;
    case "break": {
      if (place !== "paragraph") return "<br>";
      const isAlone = index === 0 || pieces[index - 1]!.kind === "break";
      return isAlone ? "\\\n" : "\n";
    }
    case "atom":
      return piece.source;
  }
}

/** Whether only a space or a line's end stands before it, and nothing after it that would be taken as part of it. */
function standsFree(pieces: Piece[], index: number, taken: RegExp): boolean {
  const [before, after] = [pieces[index - 1], pieces[index + 1]];
  const isFree = (piece: Piece | undefined, test: (text: string) => boolean) => !piece || piece.kind === "break" || (piece.kind === "text" && test(piece.text));
  return isFree(before, (text) => /[\s(]$/.test(text)) && isFree(after, (text) => !taken.test(text));
}

function markToMarkdown(pieces: Piece[], { kind, mark, pair }: Piece & { kind: "open" | "close" }): string {
  if (mark.type === "link") return kind === "open" ? "[" : `](${target(String(mark.attrs!.href))})`;
  if (mark.type === "bold") return "**";
  if (mark.type === "strike") return "~~";
  return italicSign(pieces, pair);
}

/** Beside the stars of bold, italic is written with underscores: `***` can be read in several ways. */
function italicSign(pieces: Piece[], pair: number): string {
  const touches = pieces.some((piece, index) => {
    if (!isSign(piece) || piece.pair !== pair) return false;
    return [pieces[index - 1], pieces[index + 1]].some((other) => other && isSign(other) && (other.mark.type === "bold" || other.mark.type === "italic"));
  });
  return touches ? "_" : "*";
}

function isSign(piece: Piece | undefined): piece is Piece & { kind: "open" | "close" } {
  return piece?.kind === "open" || piece?.kind === "close";
}

function target(href: string): string {
  const escaped = href.replace(/[\\<>&]/g, "\\$&");
  return /[()\\<>&]/.test(href) ? `<${escaped}>` : href;
}

function textToMarkdown(pieces: Piece[], index: number, { text, inLink }: Piece & { kind: "text" }): string {
  const letters = [...text];
  const after = pieces[index + 1];
  const isEncoded = letters.map((_, at) => (at === 0 && isEdgeEncoded(pieces, index, -1)) || (at === letters.length - 1 && isEdgeEncoded(pieces, index, 1)));
  const endsBeforeBracket = (after?.kind === "open" && after.mark.type === "link") || (after?.kind === "atom" && after.source.startsWith("["));
  return letters
    .map((letter, at) => {
      if (isEncoded[at]) return entity(letter);
      const isEdge = at === 0 || at === letters.length - 1;
      if (letter === "!" && at === letters.length - 1 && endsBeforeBracket) return "\\!";
      return mustEscape(letters, at, { isEdge, inLink, isFreeBefore: at === 0 || isEncoded[at - 1]! }) ? `\\${letter}` : letter;
    })
    .join("");
}

/**
 * Whether the first or last letter of some words must be written as an entity, so that the sign beside it counts as
 * one: spaces inside it, and letters outside it where a sign or space stands inside (CommonMark's "flanking").
 */
function isEdgeEncoded(pieces: Piece[], index: number, side: 1 | -1): boolean {
  const [piece, sign] = [pieces[index], pieces[index + side]];
  if (piece?.kind !== "text" || !isSign(sign) || sign.mark.type === "link") return false;
  const letter = edgeLetter(piece.text, side);
  const isInside = sign.kind === (side === 1 ? "close" : "open");
  if (isInside) return /\s/.test(letter);
  if (isSpaceOrSign(letter)) return false;
  const inner = pieces[index + 2 * side];
  if (inner?.kind !== "text" || markToMarkdown(pieces, sign) === "_") return true;
  // A single letter inside may itself become an entity, for the sake of the sign behind it.
  const isAlone = [...inner.text].length === 1 && isEdgeEncoded(pieces, index + 2 * side, side);
  return isAlone || !isLetter(edgeLetter(inner.text, side === 1 ? -1 : 1));
}

function edgeLetter(text: string, side: 1 | -1): string {
  const letters = [...text];
  return (side === 1 ? letters.at(-1) : letters[0])!;
}

type Around = { isEdge: boolean; inLink: boolean; /** Nothing before it that would keep a name after an at sign from being one. */ isFreeBefore: boolean };

function mustEscape(letters: string[], at: number, { isEdge, inLink, isFreeBefore }: Around): boolean {
  const [before, letter, after] = [letters[at - 1], letters[at]!, letters[at + 1]];
  switch (letter) {
    case "\\": case "`": case "*": case "[": case "]":
      return true;
    case "_":
      return isEdge || !isLetter(before) || !isLetter(after);
    case "~":
      return isEdge || before === "~" || after === "~";
    case "<":
      return isEdge || /[A-Za-z/!?@]/.test(after ?? "");
    case "&":
      return /^&(?:#\w|\w)\w*;/.test(letters.slice(at, at + 40).join(""));
    case "@":
      return (isFreeBefore || !/[A-Za-z0-9]/.test(before!)) && /\w/.test(after ?? " ");
    case ":":
      return !inLink && after === "/" && letters[at + 2] === "/" && /https?$/i.test(letters.slice(Math.max(0, at - 5), at).join(""));
    default:
      return false;
  }
}

function entity(letter: string): string {
  return `&#${letter.codePointAt(0)};`;
}

/** Spaces at a line's ends would be lost. */
function edged(line: string): string {
  return line.replace(/^\s/u, entity).replace(/\s$/u, entity);
}

/** What would begin a heading, list, quote, rule or table there. */
function lineStart(line: string): string {
  if (/^(?:#{1,6}(?:\s|$)|>|[-+](?:\s|$)|=+\s*$|[:|\s-]+$|-{3,}|~~~)/.test(line)) return `\\${line}`;
  return line.replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

function isSame(one: RichTextMark, other: RichTextMark): boolean {
  return one.type === other.type && one.attrs?.href === other.attrs?.href;
}

/** Over how many nodes from there on a mark reaches. */
function runLength(nodes: RichTextNode[], from: number, mark: RichTextMark): number {
  const end = nodes.findIndex((node, index) => index > from && !node.marks?.some((other) => isSame(mark, other)));
  return (end < 0 ? nodes.length : end) - from;
}
