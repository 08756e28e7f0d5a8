import { spawn } from "node:child_process";
import { once } from "node:events";
import { text as textOf } from "node:stream/consumers";
import { expect, test } from "vitest";
import { embed } from "#app/insights/encoder/encoder.ts";
import { DIMENSIONS } from "#app/insights/encoder/shape.ts";
import { classify, classifyPost } from "#app/insights/mining/classify.ts";
import { intents, type Intent } from "#app/insights/mining/kinds.ts";
import { readModel } from "#app/insights/mining/model.ts";
import { pooled, textToEmbed } from "#app/insights/mining/second-reading.ts";

const model = readModel("intents");

/** Said by nobody, and written by another hand than what was learnt from. */
const SAID: Partial<Record<Intent, string[]>> = {
  churn: [
    "Our contract ends in March and we will not renew it.", "If this is not fixed by summer I am taking my business elsewhere.", "I have had enough, please close my account.",
    "This was the last straw for us, we cancelled yesterday.", "Three of our five offices have stopped using it.", "At that price we will have to leave.",
    "My boss told me to look for something else before the next invoice comes.", "We moved most of our sites off it last month.", "I won't be buying another one.", "I am seriously thinking about cancelling my subscription.",
  ],
  competitor: [
    "Acme has had this for years.", "With Borealis I can do the same in two clicks.", "My neighbour's Helios inverter shows this on the display.", "Compared with Fastly the setup here is a nightmare.",
    "Every other vendor we looked at includes the gateway in the price.", "Tesla gives you an API for that.", "The Bosch app lets you pick the rooms one by one.", "In Jira you would simply drag it to another column.",
    "We used Nordlight before and their reports were a lot clearer.", "We tried two rival products and both had single sign-on.",
  ],
  purchase: [
    "We would buy fifty licences tomorrow if it had single sign-on.", "Is there a discount for schools before we order?", "I am about to order the larger battery, will it work with the old gateway?", "We are comparing plans for a team of forty people.",
    "Does the enterprise plan include support on weekends? We need to decide this month.", "Can we get a trial for the whole department?", "If the integration works we will upgrade to the business plan.", "Who do I talk to about a quote for 200 seats?",
    "I would happily pay extra for that.", "Before I buy one: does it fit on a flat roof?",
  ],
  docs_gap: [
    "The manual does not say which cable I need.", "I could not find anything about this in the help pages.", "The documentation still shows the old screens.", "Nowhere is it explained what the colours mean.", "The getting started guide skips the part about the certificate.",
    "The API reference lists the parameter but not its values.", "I followed the steps in the article but the menu it mentions does not exist.", "Please document the limits somewhere.", "There is no example of how to do this with two meters.", "The release notes do not mention that the default changed.",
  ],
  other: [
    "I drove there with my sister last weekend.", "Same here.", "We have a house from 1970 with two floors.", "As far as I know that was changed in spring.", "You need to press the button for five seconds.",
    "My gateway is in the cellar.", "I see, that makes sense.", "It was raining when we installed it.", "The second answer explains it.", "Let me know how it goes.",
  ],
};

test("who leaves, compares, means to buy or misses something in the docs is heard, without a word that says so, and small talk stays small talk", async () => {
  const title = "After a year with it";
  const right = async (intent: Intent) => {
    const told = await Promise.all(SAID[intent]!.map(async (text) => classify(model, text, { title, isReply: true }, await embed(textToEmbed({ title, text }))).intent));
    return told.filter((one) => one === intent).length;
  };
  for (const intent of Object.keys(SAID) as Intent[]) expect(await right(intent), intent).toBeGreaterThanOrEqual(intent === "other" ? 9 : 7);
}, 60_000);

test("what is read once is read as if there were no second reading", () => {
  const once = { ...model, second: undefined };
  for (const text of Object.values(SAID).flat()) expect(classify(model, text)).toEqual(classify(once, text));
});

test("an embedding that says nothing leaves the first reading its claim, and whatever it says the likelihoods are a whole", () => {
  const text = "Since the update the export gives me an empty file.";
  for (const embedding of [model.second!.mean, new Float32Array(DIMENSIONS), new Float32Array(DIMENSIONS).fill(1000)]) {
    const { likelihoods } = classifyPost(model, "Export broken", text, embedding);
    expect(likelihoods).toHaveLength(intents.length);
    expect(likelihoods.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  }
  expect(classifyPost(model, "Export broken", text, model.second!.mean).intent).toBe("bug");
});

test("two readings that agree are surer than either, and a share of nothing is no vote", () => {
  const [first, second] = [[0.6, 0.4], [0.9, 0.1]];
  const odds = (logs: Float64Array) => Math.exp(logs[0]! - logs[1]!);
  expect(odds(pooled(first, second, 0))).toBeCloseTo(1.5);
  expect(odds(pooled(first, second, 1))).toBeCloseTo(9);
  expect(odds(pooled(first, second, 0.5))).toBeCloseTo(Math.sqrt(1.5 * 9));
});

test("lines are answered in their order, twice read or once, and what is no post is told between them", async () => {
  const lines = [...Array.from({ length: 12 }, (_, at) => JSON.stringify({ title: `Export ${at}`, text: "word ".repeat((12 - at) * 20) })), "nope", "", JSON.stringify({ text: "Please add a dark mode." })];
  const run = async (...options: string[]) => {
    const child = spawn(process.execPath, ["--import", "tsx", "app/insights/classify-command.ts", ...options], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end(lines.join("\n"));
    const [told] = await Promise.all([textOf(child.stdout), once(child, "close")]);
    return told.trimEnd().split("\n").map((line) => JSON.parse(line) as { error?: string; intent?: string; confidence?: number });
  };
  const [twice, onceRead] = await Promise.all([run(), run("--once")]);
  for (const told of [twice, onceRead]) {
    expect(told).toHaveLength(14);
    expect(told[12]).toEqual({ error: expect.any(String) });
    expect(told[13]!.intent).toBe("feature");
  }
  const first = classifyPost(model, "", "Please add a dark mode.");
  expect(onceRead[13]!.confidence).toBeCloseTo(first.confidence, 2);
  const embedding = await embed("Please add a dark mode.");
  expect(twice[13]!.confidence).toBeCloseTo(classifyPost(model, "", "Please add a dark mode.", embedding).confidence, 2);
}, 60_000);
