/** The address of a post, with the words quoted from it marked by browsers that know how to. */
export function quotePath(postPath: string, words: string): string {
  return `${postPath}${postPath.includes("#") ? "" : "#"}:~:text=${fragmentOf(words)}`;
}

export function themePath(id: number): string {
  return `/insights/themes/${id}`;
}

/** The names of filters of the list of themes, as its address has them. */
export const filterNames = ["division", "area", "intent", "segment", "account", "period", "state", "owner", "sort", "view"] as const;

/** Long passages are named by how they begin and end. */
function fragmentOf(words: string): string {
  const line = words.split("\n")[0]!.trim();
  const parts = line.split(/\s+/);
  if (parts.length <= 10) return encoded(line);
  return `${encoded(parts.slice(0, 4).join(" "))},${encoded(parts.slice(-4).join(" "))}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")).replace(/-/g, "%2D");
}

/** For pages: they may not load the files that check what is sent. */
export { intents } from "./mining/kinds.ts";
export const states = ["new", "triaged", "accepted", "planned", "shipped", "declined"] as const;
export const periods = [7, 30, 90, 365] as const;
export const sorts = ["score", "new", "last", "people"] as const;
export const stages = ["planned", "beta", "active", "legacy", "retired"] as const;
/** Stands for an area where the whole weekly brief is meant. */
export const WHOLE_BRIEF = 0;

/** A line as it is read: without the stars and ticks by which its author stressed a word. */
export function plainTitle(words: string): string {
  return words.replace(/(\*{1,2}|`)(\S(?:[^*`]*\S)?)\1/g, "$2");
}
