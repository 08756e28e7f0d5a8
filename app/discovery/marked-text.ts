/** Text in pieces, those that were looked for marked. Shown as text, so whatever it says stays harmless. */
export type MarkedText = { text: string; isFound: boolean }[];

/** Takes apart what `ts_headline` put between U+E000 and U+E001. */
export function marked(text: string): MarkedText {
  return text
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter(Boolean)
    .map((piece) => (piece.startsWith("\uE000") ? { text: piece.slice(1, -1), isFound: true } : { text: piece, isFound: false }));
}
