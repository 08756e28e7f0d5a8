import type { LanguageModel } from "#app/core/config.ts";
import type { Message } from "./prompt.ts";

const PATIENCE_MS = 20_000;
const MOST_BYTES = 100_000;
/** What an answer may cost at most. */
export const MOST_OUTPUT_TOKENS = 300;

export type Outcome = "used" | "empty" | "nonsense" | "refused" | "failed" | "timeout";
export type Asked = { content: string | null; outcome: Extract<Outcome, "used" | "nonsense" | "refused" | "failed" | "timeout">; inputTokens: number; outputTokens: number; durationMs: number };

/** Asks an OpenAI-compatible endpoint once. Never throws: what goes wrong is an outcome. */
export async function askModel({ url, key, model }: LanguageModel, messages: Message[], { patienceMs = PATIENCE_MS } = {}): Promise<Asked> {
  const began = Date.now();
  const done = (outcome: Asked["outcome"], content: string | null = null, usage: { prompt_tokens?: unknown; completion_tokens?: unknown } = {}): Asked => ({
    content, outcome, durationMs: Date.now() - began,
    // What the other side does not count is counted by its length; a call that failed may have cost its question.
    inputTokens: countOf(usage.prompt_tokens) ?? estimateTokens(messages.map((one) => one.content).join("")), outputTokens: countOf(usage.completion_tokens) ?? estimateTokens(content ?? ""),
  });
  try {
    const response = await fetch(`${url.replace(/\/(?:chat\/completions\/?)?$/, "")}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, messages, temperature: 0, max_tokens: MOST_OUTPUT_TOKENS }),
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { ...done(response.status < 500 ? "refused" : "failed"), inputTokens: 0, outputTokens: 0 };
    }
    const text = await readSome(response);
    const answer = text === null ? null : (JSON.parse(text) as { choices?: { message?: { content?: unknown } }[]; usage?: object } | null);
    const content = answer?.choices?.[0]?.message?.content;
    return typeof content === "string" ? done("used", content, answer?.usage ?? {}) : done("nonsense", null, answer?.usage ?? {});
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError && !("cause" in error)) return done("nonsense");
    return done(error instanceof Error && error.name === "TimeoutError" ? "timeout" : "failed");
  }
}

export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3);
}

function countOf(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 1e7 ? value : null;
}

/** An answer that does not end is cut off. */
async function readSome(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if ((size += part.value.length) > MOST_BYTES) {
      await reader?.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
