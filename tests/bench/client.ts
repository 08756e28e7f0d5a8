import { connect } from "node:net";

type Ask = { url: string; connections: number; /** Whichever comes first. */ seconds: number; amount?: number };
export type Answers = { /** Answers that say yes (2xx) or show the way to what was made (302). */ ok: number; failed: number; seconds: number; /** In milliseconds, sorted. */ times: number[] };

const END_OF_HEADERS = "\r\n\r\n";

/**
 * Asks for pages over connections that are kept, each one thing at a time. It looks at no more than the status and the
 * length of an answer: a client that does more takes the processor from what is measured, and is what one measures.
 */
export function ask({ paths, headers, ...how }: Ask & { paths: string[]; headers: Record<string, string> }): Promise<Answers> {
  const lines = Object.entries({ host: new URL(how.url).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\n${lines}\r\n`));
  return send(how, (n) => requests[n % requests.length]!);
}

/** Sends forms, each made when its turn comes: `form(n, connection)`. */
export function post(how: Ask, form: (n: number, connection: number) => { path: string; cookie: string; body: URLSearchParams }): Promise<Answers> {
  const { host } = new URL(how.url);
  return send(how, (n, connection) => {
    const { path, cookie, body } = form(n, connection);
    const text = String(body);
    return Buffer.from(`POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  });
}

async function send({ url, connections, seconds, amount = Infinity }: Ask, request: (n: number, connection: number) => Buffer): Promise<Answers> {
  const { hostname, port } = new URL(url);
  const times: number[] = [];
  let [asked, ok, failed] = [0, 0, 0];
  const begun = performance.now();
  const end = begun + seconds * 1000;

  await Promise.all(Array.from({ length: connections }, (_, at) => new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname).setNoDelay(true);
    let since = 0;
    let start: Buffer | null = null;
    let head = "";
    let missing = -1;
    const next = () => {
      if (asked >= amount || performance.now() >= end) return void socket.end();
      start = null;
      missing = -1;
      since = performance.now();
      socket.write(request(asked++, at));
    };
    socket.on("connect", next);
    socket.on("data", (bytes: Buffer) => {
      let body = bytes.length;
      if (missing < 0) {
        start = start ? Buffer.concat([start, bytes]) : bytes;
        const at = start.indexOf(END_OF_HEADERS);
        if (at < 0) return;
        head = start.toString("latin1", 0, at);
        body = start.length - at - END_OF_HEADERS.length;
        missing = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (/^HTTP\/1.1 30\d/.test(head) && !/\r\ntransfer-encoding/i.test(head) ? 0 : Number.NaN));
        // Of an answer without a length the end is not known.
        if (Number.isNaN(missing)) return void socket.destroy(new Error("An answer without a length."));
      }
      missing -= body;
      if (missing > 0) return;
      times.push(performance.now() - since);
      if (/^HTTP\/1.1 (2|302)/.test(head)) ok++;
      else failed++;
      next();
    });
    socket.on("error", () => failed++);
    socket.on("close", () => resolve());
  })));
  return { ok, failed, seconds: (performance.now() - begun) / 1000, times: times.sort((a, b) => a - b) };
}
