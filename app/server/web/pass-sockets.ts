import { request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

const PATH = "/socket.io/";

/** What a process that makes pages hands to the one that keeps the sockets. */
export type HandedOver = { handedOver: string };

/**
 * Where several processes make pages, one keeps all sockets. A connection that becomes a WebSocket is given to it whole;
 * what a browser asks for by polling, where a proxy lets no WebSocket through, is asked there for it.
 */
export function passSockets(server: Server, port: number): (request: IncomingMessage, response: ServerResponse) => boolean {
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!request.url?.startsWith(PATH)) return void socket.destroy();
    const opening = Buffer.concat([Buffer.from(textOf(request), "latin1"), head]).toString("base64");
    process.send!({ handedOver: opening } satisfies HandedOver, socket, {}, (error) => error && socket.destroy());
  });
  return (request, response) => {
    if (!request.url?.startsWith(PATH)) return false;
    const { method, url: path, headers } = request;
    const asked = ask({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    asked.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on("close", () => asked.destroy());
    request.pipe(asked);
    return true;
  };
}

/** Takes over what `passSockets` gives, as if the connection had come here in the first place. */
export function takeSocket(server: Server, { handedOver }: HandedOver, socket: Socket): void {
  server.emit("connection", socket);
  socket.emit("data", Buffer.from(handedOver, "base64"));
  socket.resume();
}

function textOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = Array.from({ length: rawHeaders.length / 2 }, (_, at) => `${rawHeaders[at * 2]}: ${rawHeaders[at * 2 + 1]}\r\n`);
  return `${method} ${url} HTTP/${httpVersion}\r\n${lines.join("")}\r\n`;
}
