/**
 * How far what was found agrees with what people say: ARI (Hubert & Arabie 1985) and NMI with the mean of entropies, times
 * 100. Of the pairs found together, `precision` are rightly so; of those that belong together, `recall` were found.
 */
export type Agreement = { ari: number; nmi: number; groups: number; precision: number; recall: number };

export function agreementOf(gold: (string | number)[], found: (string | number)[]): Agreement {
  const all = gold.length;
  const golds = new Map<string | number, number>();
  const founds = new Map<string | number, number>();
  const both = new Map<string, { count: number; gold: string | number; found: string | number }>();
  for (let at = 0; at < all; at++) {
    const [g, f] = [gold[at]!, found[at]!];
    golds.set(g, (golds.get(g) ?? 0) + 1);
    founds.set(f, (founds.get(f) ?? 0) + 1);
    const cell = both.get(`${f}\n${g}`);
    if (cell) cell.count++;
    else both.set(`${f}\n${g}`, { count: 1, gold: g, found: f });
  }
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const sum = (values: Iterable<number>, of: (count: number) => number) => [...values].reduce((total, count) => total + of(count), 0);
  const together = sum([...both.values()].map(({ count }) => count), pairs);
  const inGold = sum(golds.values(), pairs);
  const inFound = sum(founds.values(), pairs);
  const byChance = (inGold * inFound) / Math.max(1, pairs(all));
  const most = (inGold + inFound) / 2;
  const entropy = (count: number) => -(count / all) * Math.log(count / all);
  const entropies = sum(golds.values(), entropy) + sum(founds.values(), entropy);
  let shared = 0;
  for (const { count, gold: g, found: f } of both.values()) shared += (count / all) * Math.log((all * count) / (golds.get(g)! * founds.get(f)!));
  return {
    ari: most === byChance ? 100 : (100 * (together - byChance)) / (most - byChance),
    nmi: entropies === 0 ? 100 : (200 * shared) / entropies,
    groups: founds.size,
    precision: inFound === 0 ? 100 : (100 * together) / inFound,
    recall: inGold === 0 ? 100 : (100 * together) / inGold,
  };
}
