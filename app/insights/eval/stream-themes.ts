import { openThemes } from "../themes/engine.ts";
import type { ThemeTable } from "../themes/table.ts";
import { randomFrom, shuffle } from "../training/random.ts";
import type { Labelled } from "../training/labelled-sets.ts";
import { agreementOf, type Agreement } from "./agreement.ts";

/** How well the themes that are answered at once, statement by statement, agree with what people named. The order of arrival is shuffled by a seed. */
export function streamThemes(table: ThemeTable, statements: Labelled[], seed = 1): Agreement {
  const order = Int32Array.from(statements, (_, at) => at);
  shuffle(order, randomFrom(seed * 7919));
  const arriving = Array.from(order, (at) => statements[at]!);
  const engine = openThemes({ table });
  return agreementOf(arriving.map(({ label }) => label), arriving.map(({ text }, at) => engine.place({ text, at }).theme));
}

/** The mean over four orders of arrival. */
export function streamThemesInOrders(table: ThemeTable, statements: Labelled[]): Agreement {
  return meanOf([1, 2, 3, 4].map((seed) => streamThemes(table, statements, seed)));
}

export function meanOf(all: Agreement[]): Agreement {
  const mean = (of: (one: Agreement) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return { ari: mean(({ ari }) => ari), nmi: mean(({ nmi }) => nmi), groups: mean(({ groups }) => groups), precision: mean(({ precision }) => precision), recall: mean(({ recall }) => recall) };
}
