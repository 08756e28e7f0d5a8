/**
 * A link to a page of a wiki. It holds by the page's id; `title` is what the page was called when it was written, or the
 * title of a page wished for. `words` are the writer's own; null shows the title. Without an id and a wiki it stands in
 * something that belongs to no wiki, and is plain words.
 */
export type PageLinkAttributes = { pageId: number | null; wikiId: number | null; title: string; words: string | null };

export const MAX_PAGE_TITLE = 200;

/** What a reader sees of it. */
export function pageLinkWords({ pageId, wikiId, title, words }: PageLinkAttributes): string {
  if (pageId === null && wikiId === null) return words === null ? `[[${title}]]` : `[[${title}|${words}]]`;
  return words ?? title;
}

/** Where it leads: no slug, so that the address tells nothing that the words do not. */
export function pageLinkAddress({ pageId, wikiId, title }: PageLinkAttributes): string | null {
  if (pageId !== null) return `/w/-/-${Number(pageId)}`;
  return wikiId === null ? null : `/w/-/new?wiki=${Number(wikiId)}&title=${encodeURIComponent(title)}`;
}

/** `[[Title]]` or `[[Title|words]]`. */
export function pageLinkToMarkdown({ title, words }: PageLinkAttributes): string {
  const safe = (text: string) => text.replace(/[\\[\]|]/g, "\\$&");
  return words === null ? `[[${safe(title)}]]` : `[[${safe(title)}|${safe(words)}]]`;
}

const part = String.raw`((?:\\.|[^\[\]|\\\n])+)`;
export const pageLinkPattern = new RegExp(String.raw`\[\[${part}(?:\|${part})?\]\]`, "y");

/** What such a pattern found, as attributes; undefined when it names nothing. */
export function readPageLink([, title = "", words]: RegExpExecArray): PageLinkAttributes | undefined {
  const [called, shown] = [oneLine(unescaped(title)), words === undefined ? null : oneLine(unescaped(words)) || null];
  if (called === "" || called.length > MAX_PAGE_TITLE || (shown?.length ?? 0) > MAX_PAGE_TITLE) return undefined;
  return { pageId: null, wikiId: null, title: called, words: shown };
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}
