import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { DIMENSIONS } from "#app/insights/encoder/shape.ts";
import { classify, intentLikelihoods } from "#app/insights/mining/classify.ts";
import { countFeatures } from "#app/insights/mining/features.ts";
import { bytesOf, bytesOfSecond, readModel, scoreOf, softmax } from "#app/insights/mining/model.ts";
import { autoThresholds } from "#app/insights/training/auto-thresholds.ts";
import { fitScaling, withOthers } from "#app/insights/training/calibration.ts";
import { logRatios } from "#app/insights/training/log-ratios.ts";
import { randomFrom } from "#app/insights/training/random.ts";
import { trainSoftmax } from "#app/insights/training/softmax-regression.ts";
import { trainModel, type Example } from "#app/insights/training/train-model.ts";

const things = ["gateway", "invoice", "charger", "calendar", "report", "battery"];
const sample: Example[] = things.flatMap((thing, at) => [
  { kind: "statement", title: "", text: `The ${thing} crashes with an error`, intent: "bug", sentiment: "neg", group: `${at}`, source: "sample" } as const,
  { kind: "statement", title: "", text: `Please add an export for the ${thing}`, intent: "feature", sentiment: "neu", group: `${at}`, source: "sample" } as const,
  { kind: "statement", title: "", text: `I love the ${thing}, thank you`, intent: "praise", sentiment: "pos", group: `${at}`, source: "sample" } as const,
]);
const facts = { version: "sample-1", trainedOn: [], trainedAt: "2026-01-01", scores: {} };

test("the same examples make the same model, byte for byte, and it is read back as it was written", () => {
  const model = trainModel(sample, facts);
  const again = trainModel(sample, facts);
  expect(Buffer.from(bytesOf(again)).equals(Buffer.from(bytesOf(model)))).toBe(true);
  expect(again.facts).toEqual(model.facts);

  const folder = mkdtempSync(path.join(tmpdir(), "model-"));
  writeFileSync(path.join(folder, "sample.json"), JSON.stringify(model.facts));
  writeFileSync(path.join(folder, "sample.bin"), brotliCompressSync(bytesOf(model), { params: {} }));
  const read = readModel("sample", folder);
  for (const text of ["The door crashes", "Please add a door", "I love doors"]) expect(classify(read, text)).toEqual(classify(model, text));
  expect(classify(read, "The window crashes with an error").intent).toBe("bug");

  writeFileSync(path.join(folder, "cut.json"), JSON.stringify(model.facts));
  writeFileSync(path.join(folder, "cut.bin"), brotliCompressSync(bytesOf(model).subarray(0, 1000)));
  expect(() => readModel("cut", folder)).toThrow("size");
});

test("what is learnt on top of the encoder is the same byte for byte, too, and is read back as it was written", () => {
  const random = randomFrom(3);
  const embedded = sample.map((example) => ({ ...example, embedding: Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5) }));
  const model = trainModel(embedded, facts);
  expect(Buffer.from(bytesOfSecond(trainModel(embedded, facts).second!)).equals(Buffer.from(bytesOfSecond(model.second!)))).toBe(true);
  const folder = mkdtempSync(path.join(tmpdir(), "model-"));
  const write = (second: Uint8Array) => {
    writeFileSync(path.join(folder, "sample.json"), JSON.stringify(model.facts));
    writeFileSync(path.join(folder, "sample.bin"), brotliCompressSync(bytesOf(model)));
    writeFileSync(path.join(folder, "sample.second.bin"), second);
  };
  write(bytesOfSecond(model.second!));
  const read = readModel("sample", folder);
  for (const { text, embedding } of embedded) expect(classify(read, text, {}, embedding)).toEqual(classify(model, text, {}, embedding));
  write(bytesOfSecond(model.second!).subarray(0, 1000));
  expect(() => readModel("sample", folder)).toThrow("size");
});

test("a margin's scaling tells how often it is right on what it was not fitted to", () => {
  const random = randomFrom(3);
  const draw = () => {
    const truth = [random() * 4 - 2, random() * 4 - 2, random() * 4 - 2];
    const likely = Float64Array.from(truth, (one, k) => 0.5 * one + (k === 0 ? 1 : 0));
    softmax(likely);
    let at = 0;
    for (let left = random() - likely[0]!; left > 0 && at < 2; left -= likely[++at]!);
    return { margins: truth, label: at };
  };
  const [fitted, asked] = [Array.from({ length: 3000 }, draw), Array.from({ length: 3000 }, draw)];
  const scaling = fitScaling(fitted.map(({ margins }) => margins), fitted.map(({ label }) => label), 3);
  for (const [from, to] of [[0, 0.5], [0.5, 0.7], [0.7, 1.01]] as const) {
    let [stated, right, count] = [0, 0, 0];
    for (const { margins, label } of asked) {
      const likely = Float64Array.from(margins, (margin, k) => scaling[k]!.slope * margin + scaling[k]!.offset);
      softmax(likely);
      const best = likely.indexOf(Math.max(...likely));
      if (likely[best]! < from || likely[best]! >= to) continue;
      count++;
      stated += likely[best]!;
      if (best === label) right++;
    }
    expect(count).toBeGreaterThan(100);
    expect(Math.abs(stated - right) / count).toBeLessThan(0.06);
  }
});

test("what other margins say is learnt where they say something, and hardly believed where they do not", () => {
  const random = randomFrom(5);
  // A faint second margin means the third class, whatever that one's own margin is.
  const margins = Array.from({ length: 2000 }, () => [random() - 0.5, random() - 0.5, random() - 0.5]);
  const labels = margins.map(([first, second]) => (second! > 0.2 ? 2 : first! > 0 ? 0 : 1));
  const scaling = withOthers(fitScaling(margins, labels, 3), margins, labels);
  const told = margins.map((margin) => {
    const scores = scaling.map((one, k) => scoreOf(one, margin, k, 0));
    return scores.indexOf(Math.max(...scores));
  });
  expect(told.filter((guess, at) => guess === labels[at]).length / told.length).toBeGreaterThan(0.7);
  const noise = labels.map(() => Math.floor(random() * 3));
  for (const { others } of withOthers(fitScaling(margins, noise, 3), margins, noise)) for (const other of others!) expect(Math.abs(other)).toBeLessThan(0.5);
});

test("a word that stands alike in all kinds of sentences may not weigh, one that stands in a single kind may", () => {
  const [everywhere, telling, once] = [0, 1, 2];
  const rows = Array.from({ length: 40 }, (_, at) => Int32Array.of(everywhere, ...(at % 2 === 0 ? [telling] : []), ...(at === 0 ? [once] : [])));
  const labels = rows.map((_, at) => at % 2);
  const ratios = logRatios(rows, labels, 3, { classes: 2 });
  expect(ratios[everywhere * 2]).toBe(0);
  expect(ratios[telling * 2]).toBeGreaterThan(2);
  expect(ratios[once * 2]).toBeLessThan(1);
  // Who counts twice is counted twice.
  expect(logRatios(rows, labels, 3, { classes: 2, weights: rows.map((_, at) => (at === 0 ? 2 : 1)) })[once * 2]).toBeGreaterThan(ratios[once * 2]!);

  const vectors = rows.map((indices) => ({ indices, values: new Float32Array(indices.length).fill(1 / Math.sqrt(indices.length)) }));
  const weightOf = (byRatio: boolean, bucket: number) => Math.abs(trainSoftmax(vectors, labels, { classes: 2, l2: 0.1, rounds: 5, byRatio })[bucket * 2]!);
  expect(weightOf(true, everywhere)).toBe(0);
  expect(weightOf(false, everywhere)).toBeGreaterThan(0);
  expect(weightOf(true, telling)).toBeGreaterThan(weightOf(false, telling));
});

test("mining and learning are told the same of a statement by the shipped weights", () => {
  const model = readModel("intents");
  for (const text of ["The chart stays empty since 4.2.", "Could we have a dark mode?", "Thanks, that fixed it.", "I agree."]) {
    const asLearnt = intentLikelihoods(model, countFeatures(text, { title: "Dark mode" }), "statement");
    classify(model, text, { title: "Dark mode" }).likelihoods.forEach((likelihood, k) => expect(likelihood).toBeCloseTo(asLearnt[k]!, 4));
  }
});

test("thresholds let more act alone where kinds make up for each other, and none that is mostly wrong", () => {
  const sure = Array.from({ length: 300 }, (_, at) => ({ intent: "other" as const, confidence: at / 300, isRight: true }));
  const fair = Array.from({ length: 60 }, (_, at) => ({ intent: "feature" as const, confidence: at / 60, isRight: at % 6 !== 0 }));
  const poor = Array.from({ length: 60 }, (_, at) => ({ intent: "complaint" as const, confidence: at / 60, isRight: at % 2 === 0 }));
  const chosen = autoThresholds([...sure, ...fair, ...poor], "auto.");
  expect(chosen["auto.other"]).toBe(0);
  expect(chosen["auto.feature"]).toBeLessThan(0.1);
  expect(chosen["auto.complaint"]).toBeGreaterThan(1);
});

test("what was drawn more often than it is said counts for as much as is said", () => {
  const plain = Array.from({ length: 100 }, (_, at) => ({ intent: "other" as const, confidence: at / 100, isRight: at % 20 !== 0 }));
  const drawn = Array.from({ length: 100 }, (_, at) => ({ intent: "question" as const, confidence: at / 100, isRight: at % 6 !== 0 }));
  const counted = (said: number) => autoThresholds([...plain.map((one) => ({ ...one, standsFor: said })), ...drawn], "auto.")["auto.question"]!;
  expect(counted(1)).toBeGreaterThan(counted(20));
});

test("an intent acts alone only from where it was right nine times in ten, and never where too little is known", () => {
  const judged = Array.from({ length: 200 }, (_, at) => ({ intent: "bug" as const, confidence: at / 200, isRight: at >= 100 || at % 2 === 0 }));
  const { "auto.bug": bug, "auto.churn": churn } = autoThresholds(judged, "auto.");
  const above = judged.filter(({ confidence }) => confidence >= bug!);
  expect(above.filter(({ isRight }) => isRight).length / above.length).toBeGreaterThan(0.9);
  expect(bug).toBeLessThan(0.5);
  expect(churn).toBeGreaterThan(0.9);
  const bad = judged.map((one) => ({ ...one, isRight: false }));
  expect(autoThresholds(bad, "auto.")["auto.bug"]).toBeGreaterThan(1);
});

test("the shipped weights say what they learnt from, and that all of it may be", () => {
  const { trainedOn, version, trainedAt, scores } = readModel("intents").facts;
  expect(version).toMatch(/^intents-/);
  expect(trainedAt).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(trainedOn.length).toBeGreaterThan(3);
  for (const { name, licence, examples } of trainedOn) {
    expect(["Apache-2.0", "CC BY-SA", "CC BY", "MIT"]).toContain(licence);
    expect(examples).toBeGreaterThan(0);
    expect(name).not.toMatch(/nlbse/i);
  }
  expect(Object.keys(scores).length).toBeGreaterThan(0);
});

test("the shipped weights know how those who use and make software say that they are glad or had enough", () => {
  const model = readModel("intents");
  const feelingOf = (text: string) => classify(model, text).sentiment;
  for (const text of ["Configuring it is a nightmare.", "The code is a hacky mess and horribly slow.", "Such a headache, argh."]) expect(feelingOf(text), text).toBe("neg");
  for (const text of ["Neat, that works nicely, thx!", "What a lifesaver, kudos."]) expect(feelingOf(text), text).toBe("pos");
  for (const text of ["The parser reads one line at a time.", "Not a nightmare at all."]) expect(feelingOf(text), text).toBe("neu");
});
