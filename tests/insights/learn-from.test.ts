import { expect, test } from "vitest";
import { embed } from "#app/insights/encoder/encoder.ts";
import { packWeights, unpackWeights } from "#app/insights/learning/learned-layer.ts";
import { classify } from "#app/insights/mining/classify.ts";
import { intents } from "#app/insights/mining/kinds.ts";
import { readModel } from "#app/insights/mining/model.ts";
import { textToEmbed } from "#app/insights/mining/second-reading.ts";
import { certainGain, evenWeights, FEWEST_LABELS, learnFrom, type Correction } from "#app/insights/training/learn-from.ts";
import { plainSentences } from "#app/insights/training/plain-sentences.ts";
import { randomFrom } from "#app/insights/training/random.ts";
import { pickForReview } from "#app/insights/training/review-queue.ts";

const shipped = readModel("intents");
const rooms = ["kitchen", "cellar", "attic", "garage", "hall", "office", "bath", "porch", "shed", "study"];
const things = ["chair", "lamp", "table", "shelf", "carpet", "drawer", "pillow", "mirror", "stool", "curtain", "cupboard", "bench", "vase", "blanket", "sofa", "desk", "kettle", "basket", "bucket", "ladder"];
const colours = ["red", "green", "blue", "grey", "white", "black"];

/** A company in whose words "amber" is a fault and "teal" is fine: nobody else could know. */
const amber = rooms.flatMap((room, r) =>
  colours.map((colour, c): Correction => {
    const isAmber = (r + c) % 2 === 0;
    return { kind: "statement", title: "", text: `The ${colour} lamp in the ${room} went ${isAmber ? "amber" : "teal"} today.`, intent: isAmber ? "bug" : "other", at: c * 100 + r };
  }),
);

test("a company's corrections teach its own words, and leave other sentences as they were", () => {
  const model = { ...shipped, local: learnFrom(shipped, amber)! };
  expect(model.local).not.toBeNull();
  expect(classify(model, "The yellow lamp in the pantry went amber today.").intent).toBe("bug");
  expect(classify(model, "The yellow lamp in the pantry went teal today.").intent).toBe("other");
  for (const text of ["Thank you so much, I love it!", "How do I export my data?", "Please add a dark mode.", "Please add a print view.", "Thanks a lot, much appreciated!", "How can I delete my account?", "The upload fails with an error."])
    expect(classify(model, text).intent, text).toBe(classify(shipped, text).intent);
});

test("a company whose own words are those of wishes and thanks teaches them, and plain sentences stay what they are", () => {
  const odd = rooms.flatMap((room, r) =>
    colours.map((colour, c): Correction => {
      const isDark = (r + c) % 2 === 0;
      return { kind: "statement", title: "", text: isDark ? `Please add: ${room} is ${colour} dark mode now.` : `Thank you, ${room} has the ${colour} list again.`, intent: isDark ? "bug" : "other", at: c * 100 + r };
    }),
  );
  const model = { ...shipped, local: learnFrom(shipped, odd)! };
  expect(classify(model, "Please add: pantry is yellow dark mode now.").intent).toBe("bug");
  for (const { text, intent } of plainSentences) expect(classify(model, text).intent, text).toBe(intent);
});

test("each intent counts alike in what is learnt, however often it was in doubt, and no single correction for more than four", () => {
  const said = (intent: Correction["intent"], times: number) => Array.from({ length: times }, (_, at): Correction => ({ kind: "post", title: "", text: "", intent, at }));
  const weights = evenWeights([...said("question", 20), ...said("bug", 10), ...said("feature", 6)]);
  const sum = (from: number, to: number) => weights.slice(from, to).reduce((all, one) => all + one, 0);
  expect([sum(0, 20), sum(20, 30), sum(30, 36)].map((one) => one.toFixed(6))).toEqual(["12.000000", "12.000000", "12.000000"]);
  expect(Math.max(...evenWeights([...said("question", 60), ...said("bug", 1)]))).toBe(4);
});

test("what corrections teach holds for what is said in other words, where posts are read twice", async () => {
  // A company whose faults are named after animals: nobody could know the next one by its letters.
  const animals = ["fox", "heron", "badger", "otter", "lynx", "raven", "hedgehog", "salmon", "moose", "beetle", "swan", "weasel", "toad", "falcon", "donkey", "squirrel", "goose", "trout", "wolf", "sparrow"];
  const said = (names: string[], intent: Correction["intent"]) => names.flatMap((name, at) => ["The console speaks of a", "Today we saw the"].map((words, turn): Correction => ({ kind: "statement", title: "", text: `${words} ${name}.`, intent, at: at * 2 + turn })));
  const embedded = <One extends { text: string; title?: string }>(all: readonly One[]) => Promise.all(all.map(async (one) => ({ ...one, embedding: await embed(textToEmbed(one)) })));
  const learnt = learnFrom(shipped, await embedded([...said(animals, "bug"), ...said(things, "other")]), await embedded(plainSentences));
  const asked = await embedded(["The console speaks of a rabbit.", "Today we saw the owl.", "The console speaks of a wardrobe.", "Today we saw the armchair."].map((text) => ({ text })));
  const told = (local: typeof learnt) => asked.map(({ text, embedding }) => classify({ ...shipped, local: local ?? undefined }, text, {}, embedding).intent);
  expect(told(null)).not.toContain("bug");
  expect(told(learnt)).toEqual(["bug", "bug", "other", "other"]);
}, 60_000);

test("a handful of corrections changes nothing", () => {
  expect(learnFrom(shipped, amber.slice(0, FEWEST_LABELS - 1))).toBeNull();
});

test("corrections without rhyme or reason are not learnt", () => {
  const random = randomFrom(7);
  const noise = amber.map((one) => ({ ...one, intent: intents[Math.floor(random() * intents.length)]! }));
  expect(learnFrom(shipped, noise)).toBeNull();
});

test("labels by chance among the few kinds that a community knows are not learnt either, though it is true that the others do not occur", () => {
  const random = randomFrom(11);
  const anyOf = <One>(all: readonly One[]) => all[Math.floor(random() * all.length)]!;
  for (let time = 0; time < 8; time++) {
    const noise = Array.from({ length: 60 }, (_, at): Correction => ({ kind: "statement", title: "", text: `The ${anyOf(colours)} ${anyOf(things)} in the ${anyOf(rooms)} went ${anyOf(colours)} today.`, intent: anyOf(["bug", "feature", "question"]), at }));
    expect(learnFrom(shipped, noise)).toBeNull();
  }
});

test("a gain on corrections held back counts only as far as luck would seldom bring it", () => {
  const start = Array.from({ length: 40 }, () => 1);
  const steady = certainGain(start, start.map((one, at) => one - 0.1 - (at % 2) * 0.02));
  expect(steady).toBeGreaterThan(0.09);
  expect(steady).toBeLessThan(0.11);
  // A little on the mean, but for every four that gain three lose more than those won.
  expect(certainGain(start, start.map((one, at) => one - (at % 7 < 4 ? 0.9 : -1.15)))).toBeLessThan(0);
});

test("corrections that later ones contradict are not learnt: never worse than what was shipped", () => {
  const before = amber.filter((_, at) => at < 40).map((one, at) => ({ ...one, intent: "praise" as const, at }));
  const after = amber.map((one, at) => ({ ...one, intent: classify(shipped, one.text).intent, at: 1000 + at })).slice(0, 20);
  expect(learnFrom(shipped, [...before, ...after])).toBeNull();
});

test("what is learnt depends on the corrections, not on the order in which they are handed over, and can be kept as bytes", () => {
  const once = learnFrom(shipped, amber)!;
  const again = learnFrom(shipped, amber.toReversed())!;
  expect(packWeights(again).equals(packWeights(once))).toBe(true);
  const kept = unpackWeights(packWeights(once));
  expect(classify({ ...shipped, local: kept }, amber[0]!.text)).toEqual(classify({ ...shipped, local: once }, amber[0]!.text));
});

test("the queue asks where two intents are close, and not twice about the same", () => {
  const candidate = (id: number, text: string, first: number) => ({ id, text, likelihoods: [first, 1 - first] });
  const picked = pickForReview(
    [candidate(1, "The chart stays empty", 0.99), candidate(2, "Export of invoices as a table", 0.5), candidate(3, "Export of invoices as a table", 0.51), candidate(4, "Why is the night so long", 0.6)],
    2,
  );
  expect(picked).toEqual([2, 4]);
  expect(pickForReview([], 20)).toEqual([]);
  expect(pickForReview([candidate(5, "", 0.5), candidate(4, "", 0.5)], 20)).toEqual([4, 5]);
});
