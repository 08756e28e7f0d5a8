const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text without what XML 1.0 has no way to say: halves of characters, and most control characters. */
export function sayable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\p{Surrogate}/gu, "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g, "");
}

/** Text that may stand between tags and in quoted attributes. */
export function xml(text: string): string {
  return sayable(text).replace(/[&<>"']/g, (letter) => entities[letter]!);
}

/** An element with text in it; nothing at all where there is no text. */
export function element(name: string, text: string | null | undefined, attributes = ""): string {
  return text && sayable(text).trim() !== "" ? `<${name}${attributes && ` ${attributes}`}>${xml(text)}</${name}>` : "";
}
