import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { agreementOf } from "#app/insights/gold/agreement.ts";
import { readGold, readGoldRows } from "#app/insights/gold/read-gold.ts";
import { readTopicRows } from "#app/insights/gold/read-topics.ts";
import { intents, sentiments } from "#app/insights/mining/kinds.ts";

const bicycles = "../shared/data/stackexchange-bicycles-meta";
const rows = readGoldRows();

test("every label is one of the known ones, and where both readings agree that is what was settled", () => {
  expect(rows).toHaveLength(3363);
  for (const { first, second, settled, start, end } of rows) {
    for (const { intent, sentiment } of [first, second, settled]) {
      expect(intents).toContain(intent);
      expect(sentiments).toContain(sentiment);
    }
    if (first.intent === second.intent && first.sentiment === second.sentiment) expect(settled).toEqual(first);
    expect(end).toBeGreaterThan(start);
  }
});

test("the agreement that the gold set's page tells is the one its labels have", () => {
  const page = readFileSync("app/insights/gold/README.md", "utf8");
  const told = (name: string) => new RegExp(`^\\| ${name} \\| ([\\d.]+) \\| ([\\d.]+) \\|`, "m").exec(page)?.slice(1);
  const line = ({ agreed, kappa }: { agreed: number; kappa: number }) => [agreed.toFixed(3), kappa.toFixed(3)];
  expect(told("intent")).toEqual(line(agreementOf(rows, ({ intent }) => intent)));
  expect(told("sentiment")).toEqual(line(agreementOf(rows, ({ sentiment }) => sentiment)));
  for (const name of intents) expect(told(name), name).toEqual(line(agreementOf(rows, ({ intent }) => String(intent === name))));
});

test("every labelled statement of the demo is in the demo, and topics are never split between learning and testing", () => {
  const demo = readGold();
  expect(demo).toHaveLength(500);
  for (const { text, isTest, topic } of demo) {
    expect(text.trim()).toBe(text);
    expect(text).toMatch(/\p{L}/u);
    expect(demo.filter((other) => other.topic === topic).every((other) => other.isTest === isTest)).toBe(true);
  }
});

test("every topic that was read whole has a label that is known, and none has two", () => {
  const topics = readTopicRows();
  expect(topics).toHaveLength(453);
  expect(new Set(topics.map(({ id }) => id)).size).toBe(453);
  for (const { intent, sentiment } of topics) expect([intents, sentiments].map((known, at) => (known as readonly string[]).includes([intent, sentiment][at]!))).toEqual([true, true]);
});

test.skipIf(!existsSync(bicycles))(`every labelled statement of the dump is in the dump (needs ${bicycles})`, () => {
  const all = readGold(bicycles);
  expect(all).toHaveLength(3363);
  for (const { text } of all) expect(text).toMatch(/\p{L}/u);
});
