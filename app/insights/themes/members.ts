import { cosine, directionOf, type ThemeTable } from "./table.ts";

export type Member = { id: number | string; text: string; title?: string };

/** Beyond so many, a sample at even steps stands for all. */
const MOST_COMPARED = 200;

/** The member most like all others: the quote that speaks for the theme. */
export function medoidOf<M extends Member>(table: ThemeTable, members: M[]): M | undefined {
  const step = Math.max(1, Math.ceil(members.length / MOST_COMPARED));
  const compared = members.filter((_, at) => at % step === 0);
  const directions = compared.map(({ text, title }) => directionOf(table, text, title));
  let best = -1;
  let most = -Infinity;
  directions.forEach((one, at) => {
    const sum = directions.reduce((total, other) => total + cosine(one, other), 0);
    if (sum > most) [most, best] = [sum, at];
  });
  return compared[best];
}

/** The members nearest to a statement, the nearest first: why it is where it is. */
export function closestTo<M extends Member>(table: ThemeTable, text: string, members: M[], count = 3): (M & { similarity: number })[] {
  const own = directionOf(table, text);
  const near = members.map((member) => ({ ...member, similarity: cosine(own, directionOf(table, member.text, member.title)) }));
  return near.sort((a, b) => b.similarity - a.similarity).slice(0, count);
}
