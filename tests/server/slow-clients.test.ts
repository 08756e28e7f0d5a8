import { once } from "node:events";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "#app/server/web.ts";
import { createStrictServer } from "#app/server/web/strict-server.ts";
import { make } from "#tests/support/make.ts";

// The server of the product with less patience, so that nobody has to wait for it here.
const server = createStrictServer({ headers: 2, request: 3, silence: 60, look: 0.2 });
const app = await createApp();
server.on("request", app);
beforeAll(async () => {
  server.listen(0);
  await once(server, "listening");
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.close();
});

const port = () => (server.address() as AddressInfo).port;

async function open(said: string): Promise<Socket> {
  const socket = connect(port(), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(said);
  return socket;
}

test.each([
  ["never end the head of their request", "GET / HTTP/1.1\r\nHost: localhost\r\nX-"],
  ["send a byte of their form now and then", "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin="],
])("two hundred who %s are sent away, and meanwhile the others are answered", { timeout: 60_000 }, async (_what, said) => {
  const slow = await Promise.all(Array.from({ length: 200 }, () => open(said)));
  const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write("x")), 500);
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  try {
    for (let page = 0; page < 5; page++) expect((await fetch(`http://127.0.0.1:${port()}/t/${topic.slug}/${topic.id}`)).status).toBe(200);
    await expect.poll(() => slow.filter((socket) => !socket.closed).length, { timeout: 20_000 }).toBe(0);
    expect((await fetch(`http://127.0.0.1:${port()}/latest`)).status).toBe(200);
  } finally {
    clearInterval(drip);
    slow.forEach((socket) => socket.destroy());
  }
});
