import { readSameAsk } from "../gold/read-same-ask.ts";
import { labelledSets, readTestPart } from "../training/labelled-sets.ts";
import { readTable } from "../themes/table.ts";
import { meanOf, streamThemesInOrders } from "./stream-themes.ts";

/**
 * How well streaming themes agree with named intents, as `<data set>.ari` and `.nmi`: on the test part where the folder
 * has one. Without one, the figures are those that training measured on statements held out, of intents it learnt from
 * other statements. `.unseen.ari` is always of a table that never saw anything of that data set. `sameAsk` is feedback on
 * twelve products, most of it the same wish in quite other words: the mean over the products, none of which is learnt from.
 */
export async function themeFigures(dataFolder: string): Promise<Record<string, number>> {
  const table = readTable();
  const figures: Record<string, number> = {};
  for (const set of labelledSets) {
    const test = readTestPart(dataFolder, set);
    const { scores } = table.facts;
    if (test) {
      const { ari, nmi, groups } = streamThemesInOrders(table, test);
      Object.assign(figures, { [`${set}.ari`]: round(ari), [`${set}.nmi`]: round(nmi), [`${set}.themes`]: Math.round(groups) });
    } else for (const name of ["ari", "nmi", "themes"]) figures[`${set}.${name}`] = scores[`${set}.heldOut.${name}`] ?? NaN;
    for (const name of ["ari", "nmi", "themes"]) figures[`${set}.unseen.${name}`] = scores[`${set}.unseen.${name}`] ?? NaN;
  }
  const products = readSameAsk().map((statements) => streamThemesInOrders(table, statements));
  const { ari, precision, recall } = meanOf(products);
  Object.assign(figures, { "sameAsk.ari": round(ari), "sameAsk.precision": round(precision), "sameAsk.recall": round(recall) });
  return figures;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
