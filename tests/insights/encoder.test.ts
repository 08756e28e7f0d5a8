import { expect, test } from "vitest";
import { shared } from "#app/core/shared.ts";
import { embed } from "#app/insights/encoder/encoder.ts";
import { DIMENSIONS } from "#app/insights/encoder/shape.ts";
import { withOutputs } from "#app/insights/encoder/with-outputs.ts";

const likeness = (a: Float32Array, b: Float32Array) => {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

test("a text means the same to the encoder whoever else asks", async () => {
  const asked = ["The page stays blank.", "Please add a dark mode.", "The page stays blank.", "", "😀", "\ud800 \u202e\u0000", "word ".repeat(5000)];
  const together = await Promise.all(asked.map((text) => embed(text)));
  const alone = await embed(asked[0]!);
  expect([...together[0]!]).toEqual([...alone]);
  expect([...together[2]!]).toEqual([...alone]);
  expect([...together[1]!]).not.toEqual([...alone]);
  for (const embedding of together) {
    expect(embedding).toHaveLength(DIMENSIONS);
    expect(embedding.every(Number.isFinite)).toBe(true);
  }
}, 60_000);

test("what says the same in other words lies nearer than what shares its words", async () => {
  const [blank, same, other] = (await Promise.all(["After logging in the screen stays white.", "Once I have signed in, nothing is displayed.", "I like the white screen that came with the room."].map((text) => embed(text)))) as [Float32Array, Float32Array, Float32Array];
  expect(likeness(blank, same)).toBeGreaterThan(likeness(blank, other));
}, 60_000);

test("who waits for a thread that dies is told so, and the next is answered", async () => {
  await embed("warm");
  const { threads } = shared("insights.encoder", (): { threads: { worker: { terminate: () => Promise<number> } }[] } => ({ threads: [] }));
  const asked = expect(embed("The export fails. ".repeat(100))).rejects.toThrow("ended");
  await threads[0]!.worker.terminate();
  await asked;
  expect(await embed("The export fails.")).toHaveLength(DIMENSIONS);
}, 60_000);

test("a model gives out what it was not asked for, and its own bytes stay as they are", () => {
  const model = Buffer.from([0x08, 0x07]);
  const name = "a".repeat(200);
  const longer = withOutputs(model, [name, "b"]);
  expect(longer.subarray(0, 2)).toEqual(model);
  // The graph (7), with an output (12) of 203 bytes that is called (1) the first name, and one that is called the second.
  expect(longer.subarray(2, 11)).toEqual(Buffer.from([0x3a, 0xd3, 0x01, 0x62, 0xcb, 0x01, 0x0a, 0xc8, 0x01]));
  expect(longer.subarray(11)).toEqual(Buffer.concat([Buffer.from(name), Buffer.from([0x62, 0x03, 0x0a, 0x01]), Buffer.from("b")]));
});
