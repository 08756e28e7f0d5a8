import { io, type Socket } from "socket.io-client";
import type { ClientMessages, ServerMessages } from "#app/core/realtime-messages.ts";

// The readers of one node, in a process of their own: started by nodes.ts, which tells what to listen to.
type Readers = { url: string; count: number; topicId: number; cookies: string[] };
type Order = { open: Readers } | { listen: true };
type Client = Socket<ServerMessages, ClientMessages>;

const PATIENCE_MS = 20_000;
const sockets: Client[] = [];

process.on("message", (order: Order) => void ("open" in order ? open(order.open) : listen()));
process.on("disconnect", () => process.exit());

async function open({ url, count, topicId, cookies }: Readers): Promise<void> {
  for (let n = 0; n < count; n += 50) {
    const fresh = Array.from({ length: Math.min(50, count - n) }, (_, i) => io(url, { transports: ["websocket"], forceNew: true, extraHeaders: { cookie: cookies[(n + i) % cookies.length]! } }) as Client);
    await Promise.all(fresh.map((socket) => socket.timeout(PATIENCE_MS).emitWithAck("room.join", { room: `topic:${topicId}` }).catch(() => null)));
    sockets.push(...fresh);
  }
  process.send!({ opened: sockets.filter(({ connected }) => connected).length });
}

/** Tells when the next reply reached each, by the clock that all processes of a machine share. */
async function listen(): Promise<void> {
  const arrivals = sockets.map((socket) => new Promise<number | null>((resolve) => {
    socket.once("topic.changed", () => resolve(performance.timeOrigin + performance.now()));
    setTimeout(resolve, PATIENCE_MS / 2, null).unref();
  }));
  process.send!({ listening: true });
  process.send!({ at: await Promise.all(arrivals) });
}
