import { randomUUID } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import type { ClientMessages, ServerMessages } from "#app/core/realtime-messages.ts";
import { post } from "./client.ts";
import { median } from "./median.ts";
import { cpuMs, type Server } from "./servers.ts";

type Client = Socket<ServerMessages, ClientMessages>;
const BODY = "It was the valve, as so often. After an hour the pressure was back, and it has held since.\n\nThank you for the drawing: without it I would have looked in the wrong place.";

/** Ten write as fast as they are answered, in turn as a thousand members, while people have the topics open. */
export async function measureReplies({ url, pid }: Pick<Server, "url" | "pid">, topics: string[], cookies: string[], { online, seconds, runs }: { online: number; seconds: number; runs: number }) {
  const sockets = await openSockets(url, online, cookies, (n) => idIn(topics[n % topics.length]!));
  const results: { perSecond: number; p50Ms: number; p99Ms: number; /** Of the server, each; what follows from a reply is in it. */ cpuMs: number | null }[] = [];
  let refused = 0;
  let turn = 0;
  for (let run = 0; run < runs; run++) {
    const before = cpuMs(pid);
    const { ok, failed, seconds: took, times } = await post({ url, connections: topics.length, seconds }, (_, connection) => ({ path: topics[connection]!, cookie: cookies[turn++ % cookies.length]!, body: replyForm() }));
    refused += failed;
    results.push({
      perSecond: Math.round(ok / took), p50Ms: Math.round(times[times.length >> 1] ?? 0), p99Ms: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
      cpuMs: before === null ? null : Math.round(((cpuMs(pid)! - before) / Math.max(ok, 1)) * 100) / 100,
    });
  }
  const connected = sockets.filter((socket) => socket.connected).length;
  sockets.forEach((socket) => socket.disconnect());
  const middle = results.toSorted((a, b) => a.perSecond - b.perSecond)[results.length >> 1]!;
  return { ...middle, refused, online: connected };
}

/** From the moment a reply is sent until each of many who have its topic open has heard of it. */
export async function measureArrival(url: string, topic: string, cookies: string[], { online, runs }: { online: number; runs: number }) {
  const sockets = await openSockets(url, online, cookies, () => idIn(topic));
  const all: number[][] = [];
  let missed = 0;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const arrivals = sockets.map((socket) => new Promise<number>((resolve) => {
      socket.once("topic.changed", () => resolve(performance.now() - start));
      setTimeout(resolve, 10_000, Number.POSITIVE_INFINITY).unref();
    }));
    await reply(url, topic, cookies[run]!);
    const times = (await Promise.all(arrivals)).toSorted((a, b) => a - b);
    missed += times.filter((time) => !Number.isFinite(time)).length;
    all.push(times);
    // The next one must not fall into what is gathered to spare those who listen.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  const at = (part: number) => Math.round(median(all.map((times) => times[Math.min(times.length - 1, Math.floor(times.length * part))]!)));
  const connected = sockets.filter((socket) => socket.connected).length;
  sockets.forEach((socket) => socket.disconnect());
  return { p50Ms: at(0.5), p99Ms: at(0.99), lastMs: at(1), missed, online: connected };
}

async function openSockets(url: string, count: number, cookies: string[], topicOf: (n: number) => number): Promise<Client[]> {
  const sockets: Client[] = [];
  for (let n = 0; n < count; n += 50) {
    const fresh = Array.from({ length: Math.min(50, count - n) }, (_, i) => io(url, { transports: ["websocket"], forceNew: true, extraHeaders: { cookie: cookies[(n + i) % cookies.length]! } }) as Client);
    // One that never gets in is counted as not online, and holds nobody up.
    await Promise.all(fresh.map((socket, i) => new Promise<void>((resolve) => {
      setTimeout(resolve, 20_000).unref();
      socket.emit("room.join", { room: `topic:${topicOf(n + i)}` }, () => resolve());
    })));
    sockets.push(...fresh);
  }
  return sockets.filter((socket) => socket.connected);
}

async function reply(url: string, topic: string, cookie: string): Promise<number> {
  const answer = await fetch(url + topic, { method: "POST", redirect: "manual", headers: { cookie }, body: replyForm() });
  await answer.arrayBuffer();
  return answer.status;
}

const replyForm = () => new URLSearchParams({ key: randomUUID(), body: BODY });

function idIn(topic: string): number {
  return Number(topic.split("/")[3]);
}
