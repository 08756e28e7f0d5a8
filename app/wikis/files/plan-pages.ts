import path from "node:path";
import { MAX_PAGE_TITLE, oneLine } from "#app/ui/rich-text/page-link.ts";
import { PageFileError, readPageFile, type PageFile } from "./page-file.ts";
import { MAX_PAGE_BYTES } from "./read-folder.ts";

/** A page that is to be made, its parent by title. Those above come before those below. */
export type PlannedPage = Omit<PageFile, "title" | "parent"> & { file: string; title: string; parent: string | null; position: number };

/** What the files say the tree is: by their heads, else by the folders in which they lie. */
export function planPages(folder: Map<string, Buffer | null>, now: Date): { planned: PlannedPage[]; dropped: { name: string; why: string }[] } {
  const dropped: { name: string; why: string }[] = [];
  const read = new Map<string, PageFile & { title: string }>();
  const taken = new Set<string>();
  for (const [file, bytes] of [...folder].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!/\.(md|markdown)$/i.test(file)) {
      if (bytes === null) dropped.push({ name: file, why: "it is too large for a picture" });
      continue;
    }
    try {
      const page = bytes === null || bytes.length > MAX_PAGE_BYTES ? undefined : titled(readPageFile(new TextDecoder("utf-8", { fatal: true }).decode(bytes), now), file);
      const why = !page ? "it is too large for a page" : taken.has(page.title.toLowerCase()) ? "another file has its title" : undefined;
      if (why || !page) dropped.push({ name: file, why: why! });
      else read.set((taken.add(page.title.toLowerCase()), file), page);
    } catch (error) {
      dropped.push({ name: file, why: error instanceof PageFileError ? error.message : "it is no text in UTF-8" });
    }
  }

  const files = [...read.keys()];
  const byTitle = new Map([...read].map(([file, { title }]) => [title.toLowerCase(), file]));
  const parentOf = (file: string): string | null => {
    const { parent } = read.get(file)!;
    if (parent !== undefined) return parent === null ? null : (byTitle.get(parent.toLowerCase()) ?? null);
    return aboveInFolders(file, read);
  };
  const planned: PlannedPage[] = [];
  const done = new Set<string>();
  const add = (file: string, below: Set<string>): void => {
    if (done.has(file)) return;
    let above = parentOf(file);
    // In a circle nobody is above.
    if (above !== null && (above === file || below.has(above))) above = null;
    if (above !== null) add(above, new Set([...below, file]));
    done.add(file);
    planned.push({ ...read.get(file)!, file, parent: above === null ? null : read.get(above)!.title, position: files.indexOf(file) + 1 });
  };
  for (const file of files) add(file, new Set());
  return { planned, dropped };
}

function titled(page: PageFile, file: string): PageFile & { title: string } {
  const [, heading] = page.title ? [] : (/^# +([^\n]+)\n*/.exec(page.body) ?? []);
  const base = path.posix.basename(file).replace(/\.\w+$/, "");
  const called = /^(index|readme)$/i.test(base) ? path.posix.basename(path.posix.dirname(file)) : base;
  const fromName = (called === "." ? base : called).replace(/^\d+[-_. ]+/, "").replace(/[-_]+/g, " ");
  const title = oneLine(page.title ?? heading?.replace(/[*_`]|\s#+\s*$/g, "") ?? fromName.charAt(0).toUpperCase() + fromName.slice(1)).slice(0, MAX_PAGE_TITLE);
  if (title === "") throw new PageFileError("it has no title");
  return { ...page, title, body: heading ? page.body.replace(/^# +[^\n]+\n*/, "") : page.body };
}

/** `a/b.md` lies below `a/index.md`, `a/README.md` or `a.md`; where there is none, below what that folder would. */
function aboveInFolders(file: string, read: Map<string, unknown>): string | null {
  const isIndex = /^(index|readme)\.\w+$/i.test(path.posix.basename(file));
  for (let folder = isIndex ? path.posix.dirname(path.posix.dirname(file)) : path.posix.dirname(file), own = isIndex ? path.posix.dirname(file) : null; ; folder = path.posix.dirname(folder)) {
    if (own === ".") return null;
    const names = [`${folder}/index.md`, `${folder}/README.md`, `${folder}/readme.md`, ...(folder === "." ? [] : [`${folder}.md`])].map((name) => path.posix.normalize(name));
    const found = names.find((name) => name !== file && read.has(name));
    if (found) return found;
    if (folder === ".") return null;
  }
}
