import type { MarkedText } from "../marked-text.ts";

/** Text with what was looked for marked. */
export function Marked({ text }: { text: MarkedText }) {
  return text.map(({ text: piece, isFound }, index) => (isFound ? <mark key={index} className="rounded-sm bg-warning-soft px-0.5 text-inherit">{piece}</mark> : piece));
}
