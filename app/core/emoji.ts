import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { shared } from "./shared.ts";

export type Emoji = { emoji: string; name: string };
type Entry = Emoji & { order: number };

const LIMIT = 8;

/** Emoji whose short name begins like this, then those with it inside: `:tad` gives 🎉. The shorter name comes first. */
export function searchEmoji(part: string): Emoji[] {
  const wanted = part.toLowerCase().replace(/[^a-z0-9_+-]/g, "").slice(0, 30);
  if (!wanted) return [];
  const ranked = entries().flatMap((entry) => {
    const at = entry.name.indexOf(wanted);
    const isWord = at === 0 || entry.name[at - 1] === "_";
    return at < 0 ? [] : [{ entry, rank: (entry.name === wanted ? 0 : at === 0 ? 1 : isWord ? 2 : 3) * 1000 + entry.name.length }];
  });
  const found = new Map<string, Emoji>();
  for (const { entry } of ranked.sort((one, other) => one.rank - other.rank || one.entry.order - other.entry.order)) {
    if (!found.has(entry.emoji)) found.set(entry.emoji, { emoji: entry.emoji, name: entry.name });
    if (found.size === LIMIT) break;
  }
  return [...found.values()];
}

/** Read when the first person asks: the lists weigh half a megabyte. */
function entries(): Entry[] {
  return shared("emoji", () => {
    const require = createRequire(import.meta.url);
    const read = <Content>(file: string) => JSON.parse(readFileSync(require.resolve(`emojibase-data/en/${file}`), "utf8")) as Content;
    const data = read<{ hexcode: string; unicode: string; order?: number }[]>("compact.json");
    const names = ["github", "emojibase"].map((set) => read<Record<string, string | string[]>>(`shortcodes/${set}.json`));
    return data.flatMap(({ hexcode, unicode, order = 9999 }) => {
      const all = new Set(names.flatMap((set) => set[hexcode] ?? []).flat());
      return [...all].map((name) => ({ emoji: unicode, name, order }));
    });
  });
}
