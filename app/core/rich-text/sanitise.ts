import sanitizeHtml from "sanitize-html";

/** What highlight.js marks: anything else after `hljs-` is dropped. */
const codeClasses = [
  "keyword", "built_in", "type", "literal", "number", "operator", "punctuation", "property", "regexp", "string", "char", "subst", "symbol",
  "class", "function", "variable", "title", "params", "comment", "doctag", "meta", "section", "tag", "name", "attr", "attribute", "bullet",
  "code", "emphasis", "strong", "formula", "link", "quote", "selector-tag", "selector-id", "selector-class", "selector-attr", "selector-pseudo",
  "template-tag", "template-variable", "addition", "deletion",
].map((name) => `hljs-${name}`).concat("language_", "function_", "class_", "escape_", "constant_", "inherited__", "invoke__");

const options: sanitizeHtml.IOptions = {
  allowedTags: [
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "strong", "em", "s", "a", "img", "div", "span", "input",
    "table", "thead", "tbody", "tr", "th", "td",
  ],
  allowedAttributes: {
    a: ["href", "rel"],
    img: ["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"],
    ol: ["start"],
    input: ["type", "disabled", "checked"],
    div: ["tabindex", "data-language"],
    pre: ["tabindex", "data-language"],
    blockquote: ["data-post"],
    th: ["data-align"],
    td: ["data-align"],
  },
  allowedClasses: {
    a: ["mention", "quote-link", "image-link", "page-link", "page-wanted"],
    p: ["unreadable"],
    span: ["link-host", ...codeClasses],
    div: ["table-scroll", "quote-by"],
    blockquote: ["post-quote"],
    ul: ["task-list"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: [] },
  allowProtocolRelative: false,
  disallowedTagsMode: "discard",
  parseStyleAttributes: false,
  enforceHtmlBoundary: false,
  exclusiveFilter: ({ tag, attribs }) =>
    (tag === "img" && !/^\/files\/[A-Za-z0-9_-]{22}\/[\w.]{1,20}$/.test(attribs.src ?? "")) || (tag === "input" && attribs.type !== "checkbox"),
  transformTags: {
    // A box to tick that could be ticked would promise what a post cannot keep.
    input: (tagName, attribs) => ({ tagName, attribs: { ...attribs, disabled: "" } }),
  },
};

/** What needs no looking into: allowed tags without any attribute, and signs that are escaped. */
const PLAIN = /&(?:amp|lt|gt|quot|#39);|<\/?(?:p|h2|h3|ul|ol|li|blockquote|code|strong|em|s)>|<(?:br|hr) \/>/g;

/** The second layer: whatever the renderer may have let through, only this is sent. */
export function sanitised(html: string): string {
  return isPlain(html) ? html.replaceAll("&quot;", '"').replaceAll("&#39;", "'") : sanitisedInFull(html);
}

export function sanitisedInFull(html: string): string {
  return sanitizeHtml(html, options);
}

/**
 * Whether a text is made of nothing but such tags, escaped signs and words, as most posts are: taking it apart with a
 * parser, which is ten times as slow, would put the same together again. Anything else that could begin or end a tag is
 * seen to in full.
 */
function isPlain(html: string): boolean {
  return !/[<>&\0\r]/.test(html.replace(PLAIN, ""));
}
