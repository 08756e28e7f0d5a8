import express from "express";

// What a bare Express answers with the same bytes, in a process of its own: `process.send` hands the bytes over.
process.once("message", ({ body, headers }: { body: string; headers: Record<string, string> }) => {
  const bytes = Buffer.from(body, "base64");
  const app = express().disable("x-powered-by").disable("etag");
  app.use((_request, response) => void response.set(headers).set("content-length", String(bytes.length)).end(bytes));
  const server = app.listen(0, () => process.send!({ port: (server.address() as { port: number }).port }));
});
