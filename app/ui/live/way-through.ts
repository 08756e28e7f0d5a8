import type { Socket } from "socket.io-client";

/** How a page connects. */
export const CONNECTING = {
  // Where a proxy refuses a WebSocket, the next is tried at once; polling goes everywhere.
  transports: ["websocket", "polling"] as ("websocket" | "polling")[],
  tryAllTransports: true,
  // A proxy that lets the question hang says nothing: nobody waits for news a quarter of a minute.
  timeout: 6000,
  reconnectionDelay: 500,
  reconnectionDelayMax: 10_000,
  // So that a thousand readers do not come back at the same moment.
  randomizationFactor: 0.7,
};

/** A WebSocket that ends sooner, twice one after the other, is one that something on the way cuts off. */
const SHORT_LIFE_MS = 8000;
const SHORT_LIVES = 2;

/** Finds a way round proxies that do not refuse a WebSocket and let none live. Answers how to begin again, on another network. */
export function findWayThrough({ io: manager }: Pick<Socket, "io">): () => void {
  let openedAt = 0;
  let shortLives = 0;
  manager.on("open", () => (openedAt = Date.now()));
  manager.on("error", ({ message }) => {
    // Polling first: a WebSocket is tried beside it, and taken where it works after all.
    if (message === "timeout" && manager.opts.transports?.length === 2) manager.opts.transports = ["polling", "websocket"];
  });
  manager.on("close", (reason) => {
    // What the page or the server ended itself says nothing about the way.
    if (reason !== "transport close" && reason !== "transport error") return;
    const wasShort = manager.engine.transport.name === "websocket" && Date.now() - openedAt < SHORT_LIFE_MS;
    shortLives = wasShort ? shortLives + 1 : 0;
    if (shortLives >= SHORT_LIVES) manager.opts.transports = ["polling"];
  });
  return () => {
    shortLives = 0;
    manager.opts.transports = [...CONNECTING.transports];
  };
}
