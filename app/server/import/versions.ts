/** A row of a post's history: a new text, a new title, or one half of both at once. */
export type Entry = { guid: string; at: string; body: string | null; title: string | null; reason: string | null; editorId: string };
export type MarkdownVersion = { markdown: string; title: string | null; editorId: number; at: Date; reason: string };

/** Puts a post's history, in the order of time, together into versions. Rows of one edit share a GUID. */
export function versionsOf(history: Entry[]): MarkdownVersion[] {
  const versions: (MarkdownVersion & { guid: string })[] = [];
  for (const { guid, at, body, title, reason, editorId } of history) {
    const last = versions.at(-1);
    const version = { guid, markdown: body ?? last?.markdown ?? "", title: title ?? last?.title ?? null, editorId: Number(editorId), at: new Date(at), reason: reason ?? "" };
    if (last?.guid === guid) Object.assign(last, { markdown: version.markdown, title: version.title, reason: version.reason || last.reason });
    else versions.push(version);
  }
  // A history that begins in the middle, with a title alone, has no text to show.
  const firstText = versions.findIndex(({ markdown }) => markdown.trim() !== "");
  return firstText < 0 ? [] : versions.slice(firstText).map(({ guid: _guid, ...version }) => version);
}
