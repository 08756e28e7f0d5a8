import { once } from "node:events";
import { lineSplitter } from "./line-splitter.ts";

/**
 * Answers standard input line by line on standard output, each as soon as it is read; a reader who is slower than this
 * holds it back, so that memory stays the same for any length of input. Called with null for a line beyond `longest`
 * letters; null as the answer says nothing. Ends the process when nobody reads any more.
 */
export async function answerLines(answer: (line: string | null) => string | null, { longest }: { longest?: number } = {}): Promise<void> {
  const split = lineSplitter(longest);
  const write = async (lines: (string | null)[]) => {
    const answers = lines.flatMap((line) => answer(line) ?? []);
    if (answers.length > 0 && !process.stdout.write(`${answers.join("\n")}\n`)) await once(process.stdout, "drain");
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
