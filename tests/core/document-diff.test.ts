import { expect, test } from "vitest";
import { aroundChanges, diffDocuments, type DocumentBlock } from "#app/core/document-diff.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import type { RichText } from "#db/schema/rich-text.ts";

const said = ({ mark, shape, cells }: DocumentBlock) => {
  const words = cells.map((parts) => parts.map((part) => (part.mark === "same" ? part.text : part.mark === "added" ? `{+${part.text}+}` : `{-${part.text}-}`)).join("")).join(" | ");
  return `${{ same: "=", added: "+", removed: "-", changed: "~" }[mark]} ${shape.sign && `${shape.sign} `}${words}`;
};
const diff = async (before: string, after: string) => (await diffDocuments(markdownToDocument(before), markdownToDocument(after))).map(said);

test("a changed word is told within its paragraph, and what stayed is left alone", async () => {
  expect(await diff("# One\n\nThe oven is hot.\n\nEnd.", "# One\n\nThe oven is cold.\n\nEnd.")).toEqual(["= ## One", "~ The oven is {-hot-}{+cold+}.", "= End."]);
});

test("an item that came into a list does not make the next ones look changed", async () => {
  expect(await diff("- flour for bread\n- water from the tap\n- salt", "- flour for bread\n- yeast, fresh\n- water from the well\n- salt")).toEqual([
    "= • flour for bread", "+ • {+yeast, fresh+}", "~ • water from the {-tap-}{+well+}", "= • salt",
  ]);
});

test("a number that moves because one came before it is no change", async () => {
  expect(await diff("1. Mix\n2. Bake", "1. Weigh\n2. Mix\n3. Bake")).toEqual(["+ 1. {+Weigh+}", "= 1. Mix", "= 2. Bake"]);
});

test("a table is told row by row and cell by cell", async () => {
  const table = (price: string) => `| Part | Price |\n| --- | --- |\n| Door | ${price} |\n| Lamp | 7 |`;
  expect(await diff(table("20 a piece"), table("25 a piece"))).toEqual(["= Part | Price", "~ Door | {-20-}{+25+} a piece", "= Lamp | 7"]);
  expect(await diff(table("Power"), table("How fast"))).toEqual(["= Part | Price", "~ Door | {-Power-}{+How fast+}", "= Lamp | 7"]);
});

test("a mark, a link and a tick are changes too", async () => {
  expect(await diff("All of it", "All **of** it")).toEqual(["~ All {+**+}of{+**+} it"]);
  expect(await diff("- [ ] Clean the oven", "- [x] Clean the oven")).toEqual(["~ {-☐-}{+☑+} Clean the oven"]);
});

test("long stretches without a change are left out", async () => {
  const lines = Array.from({ length: 30 }, (_, at) => `Line number ${at}`);
  const blocks = await diffDocuments(markdownToDocument(lines.join("\n\n")), markdownToDocument(lines.with(15, "Another").join("\n\n")));
  expect(aroundChanges(blocks).map((block) => block && said(block))).toEqual([null, "= Line number 13", "= Line number 14", "- {-Line number 15-}", "+ {+Another+}", "= Line number 16", "= Line number 17", null]);
});

test("two long texts with nothing in common are compared in the end, while others are answered", async () => {
  const long = (seed: number) => Array.from({ length: 6000 }, (_, at) => Array.from({ length: 13 }, (_each, word) => `w${(at * seed + word * 7) % 997}`).join(" ")).join("\n\n");
  const { blocks, answered } = await whileOthersAsk(() => diffDocuments(markdownToDocument(long(3)), markdownToDocument(long(7)), { budgetMs: 100 }));
  expect(blocks.length).toBeGreaterThan(6000);
  expect(answered).toBeGreaterThan(1);
});

test("a text that is one long list is read while others are answered", async () => {
  const item = { type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "Clean the oven, then the lamp above it" }] }] };
  const list: RichText = { type: "doc", content: [{ type: "bulletList", content: Array.from({ length: 100_000 }, () => item) }] };
  const { blocks, answered } = await whileOthersAsk(() => diffDocuments(list, list));
  expect(blocks).toHaveLength(100_000);
  // Between two texts there is a turn anyhow.
  expect(answered).toBeGreaterThan(3);
});

async function whileOthersAsk(compare: () => Promise<DocumentBlock[]>): Promise<{ blocks: DocumentBlock[]; answered: number }> {
  let answered = 0;
  let isOver = false;
  const others = () => void (isOver || (answered++, setImmediate(others)));
  setImmediate(others);
  const blocks = await compare();
  isOver = true;
  return { blocks, answered };
}
