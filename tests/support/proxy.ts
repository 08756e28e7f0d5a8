import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What a proxy does with a WebSocket: answer with this status, never answer, or cut it off after so many milliseconds. */
export type Blocks = { status: number } | "hangs" | { afterMs: number };

/** Stands between browsers and a server, lets everything through, and WebSockets as it likes. Answers where it is, and how to end it. */
export async function startProxy(port: number, blocks: Blocks): Promise<{ url: string; /** How many WebSockets were asked for. */ asked: () => number; stop: () => void }> {
  const sockets = new Set<Socket>();
  let asked = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  };
  const server = createServer((browser) => {
    keep(browser).once("data", (head) => {
      const isUpgrade = /^upgrade: *websocket/im.test(head.toString("latin1"));
      if (isUpgrade) asked++;
      if (isUpgrade && blocks === "hangs") return;
      if (isUpgrade && typeof blocks === "object" && "status" in blocks) return void browser.end(`HTTP/1.1 ${blocks.status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      const there = keep(connect(port, "localhost"));
      there.write(head);
      browser.pipe(there).pipe(browser);
      browser.on("close", () => there.destroy());
      there.on("close", () => browser.destroy());
      if (isUpgrade && typeof blocks === "object" && "afterMs" in blocks) setTimeout(() => browser.destroy(), blocks.afterMs).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
