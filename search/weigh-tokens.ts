import type { Sql } from "postgres";
import type { QueryToken } from "./ts-query.ts";

/** A word of a search, as PostgreSQL asks for it (`'brake'`), how much it says (rare words say more), and what else may stand for it. */
export type WeighedToken = QueryToken & { asked: string; weight: number; isKnown: boolean; variants: string[] };

/** Words in fewer documents than this may have been meant to be two. */
const RARE = 5;

/**
 * Leaves out words that say nothing (`the`), and adds to the others how rare they are in the newest documents, and how
 * they are written by others: `chat room` as one word, `chatroom` as two.
 */
export async function weighTokens(sql: Sql, tokens: QueryToken[]): Promise<WeighedToken[]> {
  if (tokens.length === 0) return [];
  const words = tokens.map(({ text }) => text.toLowerCase());
  const joined = words.slice(1).map((word, at) => (mayJoin(tokens[at]!) && mayJoin(tokens[at + 1]!) ? words[at]! + word : ""));
  const same = await findSynonyms(sql, words);
  const known = await sql<{ typed: string; documents: number; asked: string }[]>`
    select typed, coalesce(documents, 0) as documents, plainto_phrase(typed)::text as asked
    from unnest(${[...words, ...joined]}::text[]) typed left join search_words on word = unaccent(typed)`;
  const factsOf = new Map(known.map((row) => [row.typed, row]));
  const documentsWith = (word: string | undefined) => factsOf.get(word ?? "")?.documents ?? 0;
  const halves = await findHalves(sql, words.filter((word, at) => mayJoin(tokens[at]!) && word.length >= 6 && documentsWith(word) < RARE));
  return tokens.flatMap((token, at) => {
    const word = words[at]!;
    const asked = factsOf.get(word)?.asked;
    if (!asked) return [];
    const documents = documentsWith(word);
    const variants = [joined[at - 1], joined[at]].flatMap((both) => (both && documentsWith(both) > 0 ? [factsOf.get(both)!.asked] : []));
    const synonyms = same[at]!;
    const split = synonyms.length > 0 ? undefined : halves.get(word);
    // As if of 200,000 documents: what matters is which word of a search says more than another.
    return [{ ...token, asked, weight: Math.log(1 + 200_000 / (documents + 20)), isKnown: documents > 1 || split !== undefined || synonyms.length > 0, variants: [...variants, ...synonyms, ...(split ? [split] : [])] }];
  });
}

/** For each word, what admins say means the same. Where several words together have a synonym, it stands for each of them. */
async function findSynonyms(sql: Sql, words: string[]): Promise<string[][]> {
  const spans = words.flatMap((_, from) => [1, 2, 3, 4].filter((length) => from + length <= words.length).map((length) => ({ from, length, text: words.slice(from, from + length).join(" ") })));
  const groups = await sql<{ words: string[]; asked: string[] }[]>`
    select words, array(select plainto_phrase(word)::text from unnest(words) word) as asked from search_synonyms where words && ${spans.map(({ text }) => text)}::text[]`;
  return words.map((_, at) => [
    ...new Set(spans.filter(({ from, length }) => from <= at && at < from + length).flatMap(({ text }) => groups.flatMap((group) => (group.words.includes(text) ? group.asked.filter((_, other) => group.words[other] !== text) : [])))),
  ].filter(Boolean));
}

function mayJoin({ text, isPhrase, isExcluded }: QueryToken): boolean {
  return !isPhrase && !isExcluded && /^\p{L}{2,30}$/u.test(text);
}

/** The two known words that a rare one may consist of: the pair of which the rarer is commonest. */
async function findHalves(sql: Sql, words: string[]): Promise<Map<string, string>> {
  if (words.length === 0) return new Map();
  const found = await sql<{ typed: string; halves: string }[]>`
    select distinct on (typed) typed, plainto_phrase(a.word || ' ' || b.word)::text as halves
    from unnest(${words}::text[]) typed cross join lateral generate_series(3, char_length(typed) - 3) at
    join search_words a on a.word = unaccent(left(typed, at)) join search_words b on b.word = unaccent(substr(typed, at + 1))
    order by typed, least(a.documents, b.documents) desc`;
  return new Map(found.map(({ typed, halves }) => [typed, halves]));
}
