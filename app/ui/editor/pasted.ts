/** What word processors put on the clipboard, as the text can hold it: their lists, which are no lists, and all sizes of headings. */
export function readable(html: string): string {
  if (!/mso-list|<h[1456]\b/i.test(html)) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const heading of page.querySelectorAll("h1, h4, h5, h6")) renamed(heading, heading.tagName === "H1" ? "h2" : "h3");
  listsOf(page);
  return page.body.innerHTML;
}

/** Word writes each item as a paragraph that says its level, with the bullet as words in it. */
function listsOf(page: Document): void {
  const open: { list: Element; level: number }[] = [];
  let before: Element | null = null;
  for (const paragraph of page.querySelectorAll("p[style*='mso-list']")) {
    const level = Number(/mso-list:\s*\w+\s+level(\d)/i.exec(paragraph.getAttribute("style")!)?.[1] ?? 0);
    const sign = paragraph.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
    if (!level || !sign) continue;
    if (before === null || paragraph.previousElementSibling !== before) open.length = 0;
    while (open.length > 0 && open.at(-1)!.level > level) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = page.createElement(/^\w{1,4}[.)]/.test(sign.textContent!.trim()) ? "ol" : "ul");
      const within = open.at(-1)?.list.lastElementChild;
      if (within) within.append(list);
      else paragraph.before(list);
      open.push({ list, level });
    }
    sign.remove();
    const item = open.at(-1)!.list.appendChild(page.createElement("li"));
    item.append(paragraph);
    before = open[0]!.list;
  }
}

function renamed(element: Element, name: string): void {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}
