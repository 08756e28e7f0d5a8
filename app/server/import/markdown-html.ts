import MarkdownIt from "markdown-it";

/** Stack Exchange lets some HTML stand in Markdown. All of it is let through here, because `htmlToDocument` lets little in. */
const forPosts = new MarkdownIt({ html: true, linkify: true, maxNesting: 50 });
const forComments = new MarkdownIt({ html: false, linkify: true, maxNesting: 20 });
for (const one of [forPosts, forComments]) one.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
// Comments know bold, italic, code and links, and no blocks.
forComments.disable(["image", "strikethrough"]);

/** From here on the source was read as CommonMark; before it, `#Title` without a blank was a heading. */
const COMMONMARK_SINCE = new Date("2020-06-01");

export function postMarkdownToHtml(markdown: string, writtenAt: Date): string {
  const source = writtenAt < COMMONMARK_SINCE ? markdown.replace(/^(#{1,6})(?=[^#\s])/gm, "$1 ") : markdown;
  return forPosts.render(source.replace(/<!--.*?-->/gs, ""));
}

export function commentMarkdownToHtml(markdown: string): string {
  return `<p>${forComments.renderInline(markdown)}</p>`;
}
