import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = { headers: IncomingHttpHeaders; body: { model: string; messages: { role: string; content: string }[]; max_tokens: number } };

/** A server on loopback that speaks OpenAI's protocol and answers what a test tells it to. */
export async function startLanguageModel() {
  const asked: Asked[] = [];
  const state = { status: 200, answer: {} as unknown, raw: null as string | null, hangs: false, usage: { prompt_tokens: 1000, completion_tokens: 100 } as object | undefined };
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      if (request.method !== "POST" || request.url !== "/v1/chat/completions") return void response.writeHead(404).end();
      asked.push({ headers: request.headers, body: JSON.parse(text) as Asked["body"] });
      if (state.hangs) return;
      const content = typeof state.answer === "string" ? state.answer : JSON.stringify(state.answer);
      response.writeHead(state.status, { "content-type": "application/json" }).end(state.raw ?? JSON.stringify({ choices: [{ message: { role: "assistant", content } }], usage: state.usage }));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    state,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
