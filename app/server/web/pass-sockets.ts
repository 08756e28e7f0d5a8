import { request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";

const PATH = "/socket.io/";

/**
 * Where several processes make pages, one keeps all sockets: what a browser says to them goes through to it, be it by
 * WebSocket or by polling. Giving it the connection itself would spare the way, but of fifty at once Node lost seven.
 */
export function passSockets(server: Server, port: number): (request: IncomingMessage, response: ServerResponse) => boolean {
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!request.url?.startsWith(PATH)) return void socket.destroy();
    const there = connect(port, "127.0.0.1").setNoDelay(true);
    // One that listens in silence is no slow client: the other process looks after it.
    socket.setTimeout(0).setNoDelay(true);
    there.write(Buffer.concat([Buffer.from(textOf(request), "latin1"), head]));
    there.pipe(socket).pipe(there);
    for (const [one, other] of [[socket, there], [there, socket]] as const) one.on("error", () => other.destroy()).on("close", () => other.destroy());
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

function textOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = Array.from({ length: rawHeaders.length / 2 }, (_, at) => `${rawHeaders[at * 2]}: ${rawHeaders[at * 2 + 1]}\r\n`);
  return `${method} ${url} HTTP/${httpVersion}\r\n${lines.join("")}\r\n`;
}
