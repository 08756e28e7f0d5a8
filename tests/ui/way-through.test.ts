import { io } from "socket.io-client";
import { expect, test } from "vitest";
import { createReply } from "#app/forums/replies.ts";
import { CONNECTING, findWayThrough } from "#app/ui/live/way-through.ts";
import { join, socketOrigin, type Browser } from "#tests/support/connect.ts";
import { make, text } from "#tests/support/make.ts";
import { startProxy, type Blocks } from "#tests/support/proxy.ts";
import { finishWork } from "#tests/support/work.ts";

test.each<[string, Blocks, string]>([
  ["refuses it with 403", { status: 403 }, "polling"],
  ["refuses it with 502", { status: 502 }, "polling"],
  ["never answers", "hangs", "polling"],
  ["cuts it off after a moment, again and again", { afterMs: 250 }, "polling"],
  ["lets it live", { afterMs: 600_000 }, "websocket"],
])("a page hears of a reply behind a proxy that, asked for a WebSocket, %s", async (_, blocks, transport) => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const proxy = await startProxy(Number(new URL(socketOrigin).port), blocks);
  // As the page does it, only quicker: what would be waited for is the same.
  const browser: Browser = io(proxy.url, { ...CONNECTING, ...(blocks === "hangs" && { timeout: 700 }), reconnectionDelay: 50, forceNew: true });
  findWayThrough(browser as never);
  // As app/ui/live/connection.ts does: after each lost connection the room is asked for again, and says where it stands.
  const heard: unknown[] = [];
  const told = (state: { version?: number }) => heard.push(state.version);
  browser.on("topic.changed", told);
  browser.on("connect", () => browser.emit("room.join", { room: `topic:${topic.id}` }, (answer) => answer.ok && told(answer.state)));
  try {
    await expect.poll(() => [browser.connected, browser.io.engine?.transport.name], { timeout: 15_000 }).toEqual([true, transport]);
    expect(proxy.asked()).toBeGreaterThan(0);
    // What is on the way stays: the reply is heard by it.
    expect(await join(browser, `topic:${topic.id}`)).toBe(true);
    const before = heard.length;
    await createReply(await make.member(), topic.id, { body: text("News") });
    await finishWork();
    await expect.poll(() => heard.length, { timeout: 15_000 }).toBeGreaterThan(before);
  } finally {
    browser.disconnect();
    proxy.stop();
  }
});

test("the times a page waits leave room within a quarter of a minute", () => {
  const longestPause = CONNECTING.reconnectionDelay * (1 + CONNECTING.randomizationFactor);
  expect(CONNECTING.timeout + longestPause).toBeLessThan(10_000);
});
