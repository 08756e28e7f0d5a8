import { connect } from "node:net";

type Ask = { url: string; paths: string[]; headers: Record<string, string>; connections: number; /** Whichever comes first. */ seconds: number; amount?: number };
export type Answers = { ok: number; failed: number; seconds: number; /** In milliseconds, sorted. */ times: number[] };

const END_OF_HEADERS = "\r\n\r\n";

/**
 * Asks for pages over connections that are kept, each one thing at a time. It looks at no more than the status and the
 * length of an answer: a client that does more takes the processor from what is measured, and is what one measures.
 */
export async function ask({ url, paths, headers, connections, seconds, amount = Infinity }: Ask): Promise<Answers> {
  const { hostname, port } = new URL(url);
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\n${lines}\r\n`));
  const times: number[] = [];
  let [asked, ok, failed] = [0, 0, 0];
  const begun = performance.now();
  const end = begun + seconds * 1000;

  await Promise.all(Array.from({ length: connections }, () => new Promise<void>((resolve) => {
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
      socket.write(requests[asked++ % requests.length]!);
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
        missing = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
        // Of an answer without a length the end is not known.
        if (Number.isNaN(missing)) return void socket.destroy(new Error("An answer without a length."));
      }
      missing -= body;
      if (missing > 0) return;
      times.push(performance.now() - since);
      if (head.startsWith("HTTP/1.1 2")) ok++;
      else failed++;
      next();
    });
    socket.on("error", () => failed++);
    socket.on("close", () => resolve());
  })));
  return { ok, failed, seconds: (performance.now() - begun) / 1000, times: times.sort((a, b) => a - b) };
}
