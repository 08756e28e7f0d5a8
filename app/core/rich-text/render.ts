import type { RichTextNode } from "#db/schema/rich-text.ts";
import { escaped } from "./escape.ts";
import { highlighted } from "./highlight.ts";
import { renderInline } from "./render-inline.ts";

/** HTML of blocks that `parseRichText` has let in. Every node is named here: one that is not stops the rendering. */
export function renderBlocks(blocks: RichTextNode[]): string {
  return blocks.map(renderBlock).join("");
}

function renderBlock(node: RichTextNode): string {
  const content = node.content ?? [];
  switch (node.type) {
    case "paragraph":
      return `<p>${renderInline(content)}</p>`;
    case "heading":
      return node.attrs?.level === 2 ? `<h2>${renderInline(content)}</h2>` : `<h3>${renderInline(content)}</h3>`;
    case "blockquote":
      return `<blockquote>${renderBlocks(content)}</blockquote>`;
    case "postQuote":
      return renderPostQuote(node);
    case "bulletList":
      return `<ul>${content.map(renderItem).join("")}</ul>`;
    case "orderedList": {
      const start = Number(node.attrs?.start ?? 1);
      return `<ol${start === 1 ? "" : ` start="${start}"`}>${content.map(renderItem).join("")}</ol>`;
    }
    case "taskList":
      return `<ul class="task-list">${content.map(renderItem).join("")}</ul>`;
    case "codeBlock":
      return renderCode(content[0]?.text ?? "", node.attrs?.language as string | null);
    case "horizontalRule":
      return "<hr />";
    case "table":
      return renderTable(content);
    default:
      throw new RangeError(`No HTML for ${node.type}`);
  }
}

/** Who said it and where, without a word that would need a language. The address tells nothing but numbers. */
function renderPostQuote({ attrs, content = [] }: RichTextNode): string {
  const { username, topicId, number, postId } = attrs as { username: string; topicId: number; number: number; postId: number };
  const by = `<a class="mention" href="/u/${escaped(username)}">${escaped(username)}</a> <a class="quote-link" href="/t/-/${Number(topicId)}/${Number(number)}">#${Number(number)}</a>`;
  return `<blockquote class="post-quote" data-post="${Number(postId)}"><div class="quote-by">${by}</div>${renderBlocks(content)}</blockquote>`;
}

function renderItem({ type, attrs, content = [] }: RichTextNode): string {
  const box = type === "taskItem" ? `<input type="checkbox" disabled=""${attrs?.checked ? ' checked=""' : ""} />` : "";
  const [first, ...rest] = content;
  return `<li>${box}<p>${renderInline(first?.content ?? [])}</p>${renderBlocks(rest)}</li>`;
}

function renderCode(source: string, language: string | null): string {
  const named = language ? ` data-language="${escaped(language)}"` : "";
  return `<pre tabindex="0"${named}><code>${highlighted(source, language) ?? escaped(source)}</code></pre>`;
}

function renderTable(rows: RichTextNode[]): string {
  const [head, ...body] = rows.map(({ content = [] }, index) => {
    const tag = index === 0 ? "th" : "td";
    const cells = content.map(({ attrs, content: words = [] }) => {
      const align = attrs?.align ? ` data-align="${escaped(String(attrs.align))}"` : "";
      return `<${tag}${align}>${renderInline(words[0]?.content ?? [])}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="table-scroll" tabindex="0"><table><thead>${head}</thead>${body.length > 0 ? `<tbody>${body.join("")}</tbody>` : ""}</table></div>`;
}
