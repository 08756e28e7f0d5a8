import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import type { SpeakerLabel } from "#db/schema/accounts.ts";
import { searchConnection } from "#db/search-client.ts";

export type Suggestion =
  | { kind: "topic"; id: number; slug: string; title: string; place: string; isSolved: boolean }
  /** `placeSlug` is that of the blog or wiki. */
  | { kind: "article" | "page"; id: number; slug: string; title: string; place: string; placeSlug: string }
  | { kind: "member"; username: string; name: string; label: SpeakerLabel | null; avatarFileId: number | null }
  | { kind: "tag"; slug: string; name: string; topics: number }
  | { kind: "category"; id: number; slug: string; name: string; place: string }
  | { kind: "blog" | "wiki" | "division"; slug: string; name: string };

/** How many titles are offered while typing, and how many of each other kind. */
const TITLES = 6;
const OTHERS = 3;

/** What the words may be the beginning of, among what the viewer may see: titles, people, tags and places. */
export async function suggest(viewer: Viewer, text: string): Promise<Suggestion[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const wanted = words.map((word, index) => (index === words.length - 1 ? `'${word}':*` : `'${word}'`)).join(" & ");
  const [row] = await searchConnection()<{ suggestions: Suggestion[] }[]>`
    select search_suggest(to_tsquery('public.wellspring_plain', ${wanted}), ${`${words.join(" ").replace(/[%_\\]/g, "\\$&")}%`}, ${words.length === 1 && text.trim().length < 3}::boolean,
      ${await listVisibleCategoryIds(db, viewer)}::bigint[], ${TITLES}::int, ${OTHERS}::int) as suggestions`;
  return row!.suggestions;
}

const sign = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
const word = new RegExp(`${sign}|(?:(?!${sign})[\\p{L}\\p{N}])+`, "gu");

/** The words typed, with Chinese, Japanese and Korean signs each on their own, as the index has them. */
export function wordsOf(text: string): string[] {
  return text.slice(0, 200).toLowerCase().match(word)?.slice(0, 8) ?? [];
}
