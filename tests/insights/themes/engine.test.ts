import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { openThemes, type Changes, type SavedCluster, type ThemeEngine, type ToPlace } from "#app/insights/themes/engine.ts";
import { closestTo, medoidOf } from "#app/insights/themes/members.ts";
import { readTable, type ThemeTable } from "#app/insights/themes/table.ts";

let table: ThemeTable;
beforeAll(() => {
  table = readTable();
});

const asks = ["Please add a dark mode to the app.", "I would love a dark mode.", "Is there a dark theme for the app?", "Dark mode please!", "A dark mode would be easier on the eyes."];
const suffers = ["My card has not arrived yet.", "I am still waiting for my new card to arrive.", "When will my card arrive?", "The card you sent me never arrived."];

test("those who ask for the same thing come into one theme, and another thing is another theme", () => {
  const engine = openThemes({ table });
  const places = suffers.map((text) => engine.place({ text }));
  expect(places[0]).toMatchObject({ opened: true, similarity: 1 });
  expect(new Set(places.map(({ theme }) => theme)).size).toBe(1);
  expect(engine.place({ text: "What is the exchange rate for euros?" }).opened).toBe(true);
});

test("what was said in its own topic joins sooner than what was said elsewhere", () => {
  const engine = openThemes({ table, joinElsewhere: 0.999 });
  const first = engine.place({ text: suffers[0]! });
  expect(engine.place({ text: suffers[1]! }).theme).not.toBe(first.theme);
  expect(engine.place({ text: suffers[3]!, home: first.cluster })).toMatchObject({ theme: first.theme, opened: false });
  expect(engine.place({ text: "What is the exchange rate for euros?", home: first.cluster }).theme).not.toBe(first.theme);
});

test("a statement is like its kin in other words, and a name the words do not know meets itself", () => {
  const engine = openThemes({ table });
  const { theme } = engine.place({ text: "Zorbulator firmware 7 bricks the flurbometer" });
  expect(engine.place({ text: "the flurbometer bricks after zorbulator firmware 8" }).theme).toBe(theme);
});

test("saved and opened again at any moment, the same statements make the same rows", () => {
  const words = ["card", "arrive", "dark", "mode", "exchange", "rate", "not", "please", "blorf", "loan", "flight", "cancel", "my", "app", "crash", "slow"];
  const statements = fc.array(fc.record({ text: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((all) => all.join(" ")), at: fc.nat(1000) }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(statements, fc.nat(), (all, cut) => {
      const options = { table, forgetAfter: 400, mostSingles: 12, mostThemes: 5 };
      const whole = openThemes(options);
      const first = openThemes(options);
      const rows = new Map<number, SavedCluster>();
      const rest = cut % all.length;
      const expected = all.map((one) => whole.place(one));
      expect(all.slice(0, rest).map((one) => first.place(one))).toEqual(expected.slice(0, rest));
      const sense = keep(rows, first);
      const second = openThemes({ ...options, clusters: [...rows.values()].reverse(), sense, nextId: first.nextId() });
      expect(all.slice(rest).map((one) => second.place(one))).toEqual(expected.slice(rest));
      keep(rows, second);
      const kept = new Map<number, SavedCluster>();
      keep(kept, whole);
      expect(JSON.stringify(inOrder(rows))).toBe(JSON.stringify(inOrder(kept)));
    }),
    { numRuns: 60 },
  );
});

test("what is taken out leaves nothing behind", () => {
  const text = fc.constantFrom(...asks, ...suffers, "Fees are too high.", "zorbulator", "");
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 25 }), fc.array(text, { minLength: 1, maxLength: 10 }), (kept, taken) => {
      const engine = openThemes({ table });
      const rows = new Map<number, SavedCluster>();
      for (const one of kept) engine.place({ text: one });
      keep(rows, engine);
      const before = JSON.stringify(inOrder(rows));
      const theme = engine.themes()[0]!.id;
      const put = taken.map((one) => ({ text: one, cluster: engine.assign(theme, { text: one }).cluster }));
      keep(rows, engine);
      expect(JSON.stringify(inOrder(rows))).not.toBe(before);
      for (const { text: one, cluster } of put.reverse()) expect(engine.retract(cluster, { text: one })).toBe(true);
      keep(rows, engine);
      expect(JSON.stringify(inOrder(rows))).toBe(before);
    }),
    { numRuns: 40 },
  );
});

test("a theme with nobody left is gone", () => {
  const engine = openThemes({ table });
  const { cluster } = engine.place({ text: suffers[0]! });
  expect(engine.retract(cluster, { text: suffers[0]! })).toBe(true);
  expect(engine.themes()).toEqual([]);
  expect(engine.takeChanges()).toEqual({ saved: [], gone: [cluster], forgotten: [] });
  expect(engine.retract(cluster, { text: suffers[0]! })).toBe(false);
});

test("people merge themes without loss and can undo it", () => {
  const engine = openThemes({ table });
  const card = engine.place({ text: suffers[0]! }).theme;
  const rate = engine.place({ text: "What is the exchange rate for euros?" }).theme;
  const before = engine.themes();
  const moved = engine.merge(rate, card);
  expect(engine.themes()).toMatchObject([{ id: card, size: 2 }]);
  engine.move(moved, rate);
  expect(engine.themes()).toEqual(before);
});

test("the machine never joins what people touched or held apart, it only suggests", () => {
  const merging = twoThatMerge();
  const free = openThemes({ table, clusters: merging.rows });
  expect(free.place(merging.bridge).merged).toEqual([{ from: merging.b, into: merging.a }]);
  const touched = openThemes({ table, clusters: merging.rows, touched: [merging.b] });
  expect(touched.place(merging.bridge)).toMatchObject({ merged: [], suggested: [{ from: merging.b, into: merging.a }] });
  const apart = openThemes({ table, clusters: merging.rows, apart: [[merging.a, merging.b]] });
  expect(apart.place(merging.bridge)).toMatchObject({ merged: [], suggested: [] });
});

test("a part that people split off stays on its own", () => {
  const engine = openThemes({ table });
  const places = suffers.map((text) => engine.place({ text }));
  const part = places.at(-1)!;
  const own = engine.move([part.cluster]);
  expect(own).not.toBe(part.theme);
  for (const text of suffers) expect(engine.place({ text }).merged).toEqual([]);
  expect(engine.themes().map(({ id }) => id)).toContain(own);
});

test("old statements that nobody joined leave the memory, and their rows stay", () => {
  const engine = openThemes({ table, mostSingles: 3, forgetAfter: 1000 });
  const lonely = ["alpha", "quebec", "zulu foxtrot", "xylophone", "marmalade"].map((text, at) => engine.place({ text, at }));
  const changes = engine.takeChanges();
  expect(changes.forgotten).toEqual([lonely[0]!.cluster, lonely[1]!.cluster]);
  expect(changes.saved).toHaveLength(5);
  engine.place({ text: "rhubarb", at: 5000 });
  expect(engine.themes()).toHaveLength(1);
});

test("of too many themes those silent longest leave the memory, but none that people touched", () => {
  const engine = openThemes({ table, mostThemes: 3 });
  const held = engine.place({ text: "marmalade marmalade", at: 0 }).theme;
  engine.touch(held);
  const themes = ["alpha", "quebec", "xylophone", "rhubarb", "cinnamon"].map((text, at) => [engine.place({ text, at: at * 10 }).theme, engine.place({ text, at: at * 10 + 1 }).theme][1]!);
  expect(engine.themes().map(({ id }) => id)).toEqual([held, ...themes.slice(3)]);
});

test("a theme is called by the words that tell it from others, and quoted by its most typical member", () => {
  const engine = openThemes({ table });
  const [theme] = suffers.map((text) => engine.place({ text }).theme);
  for (const text of ["What is the exchange rate for euros?", "How do I change my PIN?", "I want a loan"]) engine.place({ text });
  expect(engine.tellingWords(theme!, 2).toSorted()).toEqual(["arrive", "card"].toSorted().map((word) => expect.stringContaining(word.slice(0, 5)) as unknown));
  const members = [...suffers, "card"].map((text, id) => ({ id, text }));
  expect(medoidOf(table, members)!.text).toContain("card");
  expect(closestTo(table, suffers[0]!, members, 3)[0]).toMatchObject({ id: 0 });
});

test("no text, however strange, stops the engine", () => {
  const engine = openThemes({ table });
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => void expect(engine.place({ text }).theme).toBeGreaterThan(0)));
  for (const text of ["", "🙂🙂🙂", "x".repeat(100_000), "word ".repeat(50_000), "__proto__ constructor toString", "' ' 't n't"]) expect(engine.place({ text }).theme).toBeGreaterThan(0);
});

/** Two themes that are not one yet, and a statement that brings them together. */
function twoThatMerge(): { rows: SavedCluster[]; a: number; b: number; bridge: ToPlace } {
  const engine = openThemes({ table });
  const a = engine.place({ text: "My card has not arrived yet." }).theme;
  const b = engine.place({ text: "zorbulator flurbometer" }).theme;
  engine.assign(b, { text: "My card has not arrived." });
  expect(b).not.toBe(a);
  return { rows: engine.takeChanges().saved, a, b, bridge: { text: "My card has not arrived yet!" } };
}

function keep(rows: Map<number, SavedCluster>, engine: ThemeEngine): Changes["sense"] {
  const { saved, gone, forgotten, sense } = engine.takeChanges();
  for (const row of saved) rows.set(row.id, row);
  for (const id of [...gone, ...forgotten]) rows.delete(id);
  return sense;
}

function inOrder(rows: Map<number, SavedCluster>): SavedCluster[] {
  return [...rows.values()].sort((a, b) => a.id - b.id);
}
