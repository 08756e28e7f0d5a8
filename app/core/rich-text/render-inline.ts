import { pageLinkAddress, pageLinkWords, type PageLinkAttributes } from "#app/ui/rich-text/page-link.ts";
import type { RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";
import { escaped } from "./escape.ts";
import { hiddenHost } from "./hidden-host.ts";
import { renderImage } from "./render-image.ts";

const tags: Record<string, string> = { bold: "strong", italic: "em", strike: "s", code: "code" };

/** Words with their marks. Neighbours that share a mark stand in one element. */
export function renderInline(nodes: RichTextNode[]): string {
  let html = "";
  let open: RichTextMark[] = [];
  let linkText = "";
  const closeTo = (length: number) => {
    while (open.length > length) {
      const mark = open.pop()!;
      html += mark.type === "link" ? closeLink(String(mark.attrs?.href), linkText) : `</${tags[mark.type]}>`;
    }
  };
  for (const node of nodes) {
    const marks = node.marks ?? [];
    const same = marks.findIndex((mark, index) => open[index]?.type !== mark.type || open[index].attrs?.href !== mark.attrs?.href);
    closeTo(same < 0 ? marks.length : same);
    for (const mark of marks.slice(open.length)) {
      if (mark.type === "link") linkText = "";
      html += openMark(mark);
      open = [...open, mark];
    }
    linkText += node.text ?? "";
    html += renderOne(node);
  }
  closeTo(0);
  return html;
}

function openMark({ type, attrs }: RichTextMark): string {
  if (type !== "link") {
    if (!tags[type]) throw new RangeError(`No HTML for ${type}`);
    return `<${tags[type]}>`;
  }
  const href = String(attrs?.href);
  return `<a href="${escaped(href)}"${/^https?:/i.test(href) ? ' rel="nofollow ugc noopener"' : ""}>`;
}

function closeLink(href: string, text: string): string {
  const host = hiddenHost(href, text);
  return `</a>${host ? ` <span class="link-host">(${escaped(host)})</span>` : ""}`;
}

function renderOne(node: RichTextNode): string {
  switch (node.type) {
    case "text":
      return escaped(node.text ?? "");
    case "hardBreak":
      return "<br />";
    case "mention": {
      const name = escaped(String(node.attrs?.username));
      return `<a class="mention" href="/u/${name}">@${name}</a>`;
    }
    case "pageLink":
      return renderPageLink(node.attrs as PageLinkAttributes);
    case "image":
      return renderImage(node);
    default:
      throw new RangeError(`No HTML for ${node.type}`);
  }
}

/** A page wished for looks different: it leads to where it can be written. */
function renderPageLink(attrs: PageLinkAttributes): string {
  const [address, words] = [pageLinkAddress(attrs), escaped(pageLinkWords(attrs))];
  return address ? `<a class="page-link${attrs.pageId === null ? " page-wanted" : ""}" href="${escaped(address)}">${words}</a>` : words;
}
