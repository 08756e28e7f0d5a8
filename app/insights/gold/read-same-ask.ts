import { readFileSync } from "node:fs";
import path from "node:path";

const FILE = path.join(process.cwd(), "app/insights/gold/same-ask.jsonl");

/** Feedback written for this project, product by product; `label` says which statements ask for or report the same. */
export function readSameAsk(): { text: string; label: string }[][] {
  const products = new Map<string, { text: string; label: string }[]>();
  for (const line of readFileSync(FILE, "utf8").split("\n").filter(Boolean)) {
    const { product, ask, text } = JSON.parse(line) as { product: string; ask: string; text: string };
    products.set(product, [...(products.get(product) ?? []), { text, label: ask }]);
  }
  return [...products.values()];
}
