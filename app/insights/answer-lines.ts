import { once } from "node:events";
import { lineSplitter } from "./line-splitter.ts";

type Answer = string | null;

/**
 * Answers standard input line by line on standard output, in order, each as soon as it is known; a reader who is slower
 * than this holds it back, so that memory stays the same for any length of input. Called with null for a line beyond
 * `longest` letters; null as the answer says nothing. Answers that take time are worked on side by side, those of one
 * stretch of the input at once. Ends the process when nobody reads any more.
 */
export async function answerLines(answer: (line: string | null) => Answer | Promise<Answer>, { longest }: { longest?: number } = {}): Promise<void> {
  const split = lineSplitter(longest);
  const write = async (lines: (string | null)[]) => {
    const answers = lines.map(answer);
    const isKnown = answers.every((one) => !(one instanceof Promise));
    for (const one of isKnown ? [answers as Answer[]] : answers.map(async (one) => [await one])) {
      const told = (await one).flatMap((line) => line ?? []);
      if (told.length > 0 && !process.stdout.write(`${told.join("\n")}\n`)) await once(process.stdout, "drain");
    }
  };
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  process.stdin.setEncoding("utf8");
  try {
    for await (const chunk of process.stdin as AsyncIterable<string>) await write(split.push(chunk));
  } catch (error) {
    console.error(`The input ended early: ${(error as Error).message}`);
    process.exitCode = 1;
  }
  await write(split.end());
}
