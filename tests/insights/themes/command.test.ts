import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";

const start = () => spawn(process.execPath, ["--import", "tsx", "app/insights/themes/command.ts"], { stdio: ["pipe", "pipe", "pipe"] });

async function themesOf(input: string): Promise<{ answers: unknown[]; problems: string[]; code: number }> {
  const command = start();
  let out = "";
  let errors = "";
  command.stdout.on("data", (chunk) => (out += String(chunk)));
  command.stderr.on("data", (chunk) => (errors += String(chunk)));
  command.stdin.end(input);
  const [code] = (await once(command, "close")) as [number];
  return { answers: out.split("\n").filter(Boolean).map((line) => JSON.parse(line) as unknown), problems: errors.split("\n").filter(Boolean), code };
}

test("each line is answered while the next is not yet written", async () => {
  const command = start();
  const answers = createInterface({ input: command.stdout })[Symbol.asyncIterator]();
  const ask = async (text: string) => {
    command.stdin.write(`${JSON.stringify({ text })}\n`);
    return JSON.parse((await answers.next()).value as string) as { theme: number };
  };
  const first = await ask("My card has not arrived yet.");
  expect((await ask("What is the exchange rate for euros?")).theme).not.toBe(first.theme);
  expect(await ask("I am still waiting for my card to arrive")).toEqual(first);
  command.stdin.end();
  expect(await once(command, "close")).toEqual([0, null]);
});

test("a line that cannot be read is named and answered with no theme, and the next goes on", async () => {
  const { answers, problems, code } = await themesOf(`nonsense\n{"text":5}\n[]\nnull\n\n\uFEFF{"text":"a"}\r\n{"text":"${"x".repeat(1_000_001)}"}\n{"text":"\\ud800 🙂"}`);
  expect(answers.map((answer) => typeof (answer as { theme: unknown }).theme)).toEqual(["object", "object", "object", "object", "object", "number", "object", "number"]);
  expect(problems.map((line) => line.split(":")[0])).toEqual(["Line 1", "Line 2", "Line 3", "Line 4", "Line 5", "Line 7"]);
  expect(code).toBe(0);
});

test("the same lines get the same answers, and none get none", async () => {
  const lines = Array.from({ length: 300 }, (_, at) => JSON.stringify({ text: `thing ${at % 37} does not work on ${["windows", "the phone", "my bike"][at % 3]}` })).join("\n");
  const once = await themesOf(lines);
  expect(once.answers).toHaveLength(300);
  expect(await themesOf(lines)).toEqual(once);
  expect(await themesOf("")).toEqual({ answers: [], problems: [], code: 0 });
});
