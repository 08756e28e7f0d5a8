import type { GoldRow, Label } from "./read-gold.ts";

export type Agreement = { agreed: number; kappa: number };

/** How often both readings say the same, and how much of that is beyond chance (Cohen 1960). */
export function agreementOf(rows: GoldRow[], of: (label: Label) => string): Agreement {
  const shares = new Map<string, [first: number, second: number]>();
  let same = 0;
  for (const { first, second } of rows) {
    const [a, b] = [of(first), of(second)];
    if (a === b) same++;
    countIn(shares, a)[0]++;
    countIn(shares, b)[1]++;
  }
  const agreed = same / rows.length;
  const byChance = [...shares.values()].reduce((sum, [a, b]) => sum + (a / rows.length) * (b / rows.length), 0);
  return { agreed, kappa: byChance === 1 ? 1 : (agreed - byChance) / (1 - byChance) };
}

function countIn(shares: Map<string, [number, number]>, name: string): [number, number] {
  const held = shares.get(name) ?? [0, 0];
  shares.set(name, held);
  return held;
}
