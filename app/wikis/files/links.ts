import path from "node:path";

// Between pages as they are in a community, and as they are in a folder. Only what stands outside of code is a link.

/** The Markdown with every link and picture changed by `change`; undefined leaves one as it is. */
export function mapLinks(source: string, change: (link: { isPicture: boolean; words: string; target: string }) => string | undefined): string {
  let fence: string | undefined;
  return source.split("\n").map((line) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && !fence) fence = mark;
    else if (mark && fence && mark[0] === fence[0] && mark.length >= fence.length) fence = undefined;
    else if (!fence) return line.split(/((?<!`)(`+)(?!`)[^]*?(?<!`)\2(?!`))/).map((part, at) => (at % 3 === 0 ? mapInLine(part, change) : at % 3 === 1 ? part : "")).join("");
    return line;
  }).join("\n");
}

const linkPattern = /(!?)\[((?:\\.|[^\]\\[]){0,1000})\]\((?:<([^<>\n]{1,2000})>|([^\s()<>]{1,2000}))(?:\s+"[^"\n]{0,500}")?\)/g;

function mapInLine(text: string, change: Parameters<typeof mapLinks>[1]): string {
  return text.replace(linkPattern, (whole, mark: string, words: string, angled: string | undefined, bare: string | undefined) =>
    change({ isPicture: mark === "!", words, target: angled ?? bare ?? "" }) ?? whole);
}

/** The file that a relative address in another one names; undefined for an address of any other kind. */
export function fileAt(from: string, target: string): string | undefined {
  const [place] = target.split(/[?#]/);
  if (!place || /^[a-z][a-z0-9+.-]*:|^\//i.test(place)) return undefined;
  try {
    return path.posix.normalize(path.posix.join(path.posix.dirname(from), decodeURIComponent(place)));
  } catch {
    return undefined;
  }
}

/** `[[Title]]`, with words of its own where they are not the title. */
export function pageMark(title: string, words: string): string {
  const safe = (text: string) => text.replace(/[\\[\]|]/g, "\\$&");
  const shown = words.replace(/\\(.)/g, "$1").trim();
  return shown === "" || shown === title ? `[[${safe(title)}]]` : `[[${safe(title)}|${safe(shown)}]]`;
}
