/** A stretch of a text that is not its author's own words. */
export type Aside = { start: number; end: number; kind: "quote" | "code" };

/** A text to be mined: what was written, and which stretches of it are others' words or code. Offsets are UTF-16 units. */
export type SourceText = { text: string; asides: Aside[] };

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", hellip: "…", mdash: "—", ndash: "–", rsquo: "’", lsquo: "‘", ldquo: "“", rdquo: "”" };
const BLOCKS = new Set(["p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "hr", "blockquote", "pre", "dd", "dt"]);

/** Plain text of an HTML body as data dumps hold it, with quotations and code blocks marked. Pure and the same for ever: gold labels point into it. */
export function fromHtml(html: string): SourceText {
  let text = "";
  const asides: Aside[] = [];
  const open: { kind: Aside["kind"]; start: number }[] = [];
  let codes = 0;
  for (let at = 0; at < html.length; ) {
    const mark = html.indexOf("<", at);
    if (mark !== at) {
      const to = mark < 0 ? html.length : mark;
      text += said(html.slice(at, to));
      at = to;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(html);
    if (tag) {
      around(tag[1] === "/", tag[2]!.toLowerCase());
      at = TAG.lastIndex;
    } else if (html.startsWith("<!--", at) && html.includes("-->", at + 4)) at = html.indexOf("-->", at + 4) + 3;
    else {
      text += said("<");
      at++;
    }
  }
  return { text, asides: [...asides, ...open.map((one) => ({ ...one, end: text.length }))].sort((a, b) => a.start - b.start) };

  function said(piece: string): string {
    return decode(codes > 0 ? piece : piece.replace(SPACES, " "));
  }

  function around(closing: boolean, tag: string): void {
    if (BLOCKS.has(tag) && text !== "" && !text.endsWith("\n")) text += "\n";
    const kind = tag === "blockquote" ? "quote" : tag === "pre" ? "code" : undefined;
    if (!kind) return;
    if (!closing) open.push({ kind, start: text.length });
    const at = closing ? open.findLastIndex((one) => one.kind === kind) : -1;
    if (at >= 0) asides.push({ ...open.splice(at, 1)[0]!, end: text.length });
    codes = open.filter((one) => one.kind === "code").length;
  }
}

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>/y;
/** Runs of space, and each that is not a plain one; a plain one alone stays what it is. */
const SPACES = /\s{2,}|[^\S ]/g;

/** Plain text as typed: lines that begin with `>` are quotations, fenced or indented blocks are code. */
export function fromPlainText(text: string): SourceText {
  const asides: Aside[] = [];
  let at = 0;
  let fence = -1;
  for (const line of text.split("\n")) {
    const end = at + line.length;
    if (/^\s{0,3}(```|~~~)/.test(line)) {
      if (fence < 0) fence = at;
      else {
        asides.push({ kind: "code", start: fence, end });
        fence = -1;
      }
    } else if (fence < 0 && /^\s{0,3}>/.test(line)) asides.push({ kind: "quote", start: at, end });
    else if (fence < 0 && /^(\t| {4,})\S/.test(line)) asides.push({ kind: "code", start: at, end });
    at = end + 1;
  }
  if (fence >= 0) asides.push({ kind: "code", start: fence, end: text.length });
  return { text, asides };
}

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (name[0] !== "#") return ENTITIES[name.toLowerCase()] ?? whole;
    const code = name[1] === "x" || name[1] === "X" ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
