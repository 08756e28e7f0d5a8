import type MarkdownIt from "markdown-it";
import { pageLinkPattern, readPageLink } from "./page-link.ts";
import { USERNAME } from "./patterns.ts";

type Rule = Parameters<InstanceType<typeof MarkdownIt>["inline"]["ruler"]["push"]>[1];

/** `<br>`, the only way to break a line in a table's cell. */
export const lineBreakTag: Rule = (state, silent) => {
  const [tag] = /^<br ?\/?>/i.exec(state.src.slice(state.pos, state.pos + 6)) ?? [];
  if (!tag) return false;
  if (!silent) state.push("hardbreak", "br", 0);
  state.pos += tag.length;
  return true;
};

const mentionPattern = new RegExp(`@(${USERNAME})(?![A-Za-z0-9_])|<@(${USERNAME})>`, "y");

/** `@ada`, but not in ada@example.com; and `<@ada>` where letters stand close by. */
export const mention: Rule = (state, silent) => {
  const first = state.src[state.pos];
  if ((first !== "@" && first !== "<") || state.linkLevel > 0) return false;
  if (first === "@" && /[\p{L}\p{N}_./@-]$/u.test(state.src.slice(Math.max(0, state.pos - 2), state.pos))) return false;
  mentionPattern.lastIndex = state.pos;
  const match = mentionPattern.exec(state.src);
  if (!match) return false;
  if (!silent) state.push("mention", "", 0).content = (match[1] ?? match[2])!;
  state.pos += match[0].length;
  return true;
};

/** `[[Title]]` and `[[Title|words]]`. */
export const pageLink: Rule = (state, silent) => {
  if (state.src[state.pos] !== "[" || state.src[state.pos + 1] !== "[" || state.linkLevel > 0) return false;
  pageLinkPattern.lastIndex = state.pos;
  const match = pageLinkPattern.exec(state.src.slice(0, state.posMax));
  const attrs = match && readPageLink(match);
  if (!attrs) return false;
  if (!silent) {
    const token = state.push("page_link", "", 0);
    token.content = attrs.words ?? attrs.title;
    token.meta = attrs;
  }
  state.pos += match[0].length;
  return true;
};

const addressPattern = /:\/\/[^\s<>"`|\\^{}]+/y;

/** `https://a.example/b`, without the full stop that ends the sentence. */
export const bareLink: Rule = (state, silent) => {
  if (state.src[state.pos] !== ":" || state.linkLevel > 0) return false;
  const [scheme] = /(?<![\p{L}\p{N}])https?$/iu.exec(state.pending) ?? [];
  addressPattern.lastIndex = state.pos;
  const match = scheme && addressPattern.exec(state.src);
  if (!match) return false;
  const href = withoutEnd(scheme + match[0]);
  if (href.length <= scheme.length + 3 || !state.md.validateLink(href)) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    state.push("link_open", "a", 1).attrs = [["href", href]];
    state.push("text", "", 0).content = href;
    state.push("link_close", "a", -1);
  }
  state.pos += href.length - scheme.length;
  return true;
};

/** As GFM does it: punctuation at the end is the sentence's, and so is a bracket that opened before the address. */
function withoutEnd(address: string): string {
  let end = address;
  for (;;) {
    const next = end.replace(/[?!.,:;*_~'"]+$/, "");
    const opened = next.split("(").length;
    const cut = next.endsWith(")") && next.split(")").length > opened ? next.slice(0, -1) : next.endsWith("]") ? next.slice(0, -1) : next;
    if (cut === end) return end;
    end = cut;
  }
}
