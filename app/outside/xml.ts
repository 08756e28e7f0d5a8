const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text that may stand between tags and in quoted attributes of XML 1.0, which has no way to say most control characters. */
export function xml(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\p{Surrogate}/gu, "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (letter) => entities[letter]!);
}

/** An element with text in it; nothing at all where there is no text. */
export function element(name: string, text: string | null | undefined, attributes = ""): string {
  return text ? `<${name}${attributes && ` ${attributes}`}>${xml(text)}</${name}>` : "";
}
