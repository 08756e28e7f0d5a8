import { expect, test } from "vitest";
import { endSessions } from "#app/accounts/sessions.ts";
import { hashToken } from "#app/core/session.ts";
import { ask, connect, hear, join, socketOrigin, type Browser } from "#tests/support/connect.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

const opened = (browser: Browser) =>
  new Promise((resolve) => {
    browser.once("connect", () => resolve("open"));
    browser.once("connect_error", () => resolve("refused"));
  });
const gone = (browser: Browser) => new Promise((resolve) => browser.once("disconnect", () => resolve("gone")));

/** Any message at all, as a hostile browser could send it. */
const sendRaw = (browser: Browser, ...args: unknown[]) => (browser as unknown as { emit: (...args: unknown[]) => void }).emit(...args);

test.each([
  ["https://evil.example", "refused"],
  ["null", "refused"],
  [`${socketOrigin}.evil.example`, "refused"],
  [socketOrigin, "open"],
])("a handshake from a page of %s is %s", async (origin, outcome) => {
  expect(await opened(await connect(undefined, { origin }))).toBe(outcome);
  expect(await opened(await connect(undefined, { origin, transports: ["polling"] }))).toBe(outcome);
});

test("a handshake another site makes without naming itself is refused by the browser's own word", async () => {
  const answer = await fetch(`${socketOrigin}/socket.io/?EIO=4&transport=polling`, { headers: { "sec-fetch-site": "cross-site" } });
  expect(answer.status).toBe(403);
});

test("an ended session's cookie opens a guest's socket", async () => {
  const member = await make.member();
  const cookie = await cookieOf(member);
  await endSessions(member.id, [hashToken(cookie.split("=")[1]!)]);
  expect(await join(await connect(undefined, { cookie }), `member:${member.id}`)).toBe(false);
});

test("the sockets of an ended session close, and those of the member's others stay", async () => {
  const member = await make.member();
  const [lostCookie, keptCookie] = [await cookieOf(member), await cookieOf(member)];
  const [lost, kept] = [await connect(undefined, { cookie: lostCookie }), await connect(undefined, { cookie: keptCookie })];
  for (const browser of [lost, kept]) expect(await join(browser, `member:${member.id}`)).toBe(true);
  const told = hear(lost, "session.ended");
  const closed = gone(lost);

  await endSessions(member.id, [hashToken(lostCookie.split("=")[1]!)]);
  await finishWork();

  expect(await told).not.toBe("nothing");
  expect(await closed).toBe("gone");
  expect(await join(kept, `member:${member.id}`)).toBe(true);
});

test.each([
  ["nothing at all", []],
  ["a number", [5]],
  ["null", [null]],
  ["a list", [["topic:1"]]],
  ["no such room", [{ room: "nonsense:1" }]],
  ["the name of an object's own parts", [{ room: "constructor:1" }]],
  ["a room without an id", [{ room: "topic" }]],
  ["words for an id", [{ room: "topic:abc" }]],
  ["an id below zero", [{ room: "topic:-1" }]],
  ["an id beyond all numbers", [{ room: "topic:99999999999999999999" }]],
  ["SQL", [{ room: "topic:1;drop table members" }]],
  ["a prototype", [JSON.parse('{"room":"topic:1","__proto__":{"x":1}}')]],
  ["more than is asked for", [{ room: "topic:1", as: "admin" }]],
  ["a moment that is none", [{ room: "lists", since: "now" }]],
  ["a room that is an object", [{ room: { toString: "topic:1" } }]],
  ["bytes", [Buffer.from("topic:1")]],
])("joining with %s is answered with a no, and the process lives", async (_, args) => {
  const browser = await connect();
  const answer = await new Promise((resolve) => sendRaw(browser, "room.join", ...args, resolve));
  expect(answer).toMatchObject({ ok: false });
  expect(await join(browser, "nowhere" as never)).toBe(false);
});

test.each(["room.join", "room.leave", "room.state", "typing", "topic.changed", "recheck", "constructor", "__proto__"])("%s without a function to answer to does no harm", async (name) => {
  const browser = await connect();
  for (const args of [[], [null], ["text"], [{ room: "topic:1" }, "not a function"], [[[[]]]]]) sendRaw(browser, name, ...args);
  expect(await ask(browser, "topic:1")).toEqual({ ok: false, error: "hidden" });
});

test("a message named by a list, an object or nothing ends its connection only", async () => {
  const other = await connect();
  for (const name of [["room.join"], { name: "room.join" }, null, 5]) {
    const browser = await connect();
    await opened(browser);
    sendRaw(browser, name, { room: "topic:1" });
  }
  expect(await ask(other, "topic:1")).toEqual({ ok: false, error: "hidden" });
});

test("a megabyte, or ten thousand attachments, end their connection only", async () => {
  const [other, long, many] = [await connect(), await connect(), await connect()];
  await Promise.all([opened(long), opened(many)]);
  const closed = [gone(long), gone(many)];
  sendRaw(long, "room.join", { room: "x".repeat(1_000_000) });
  sendRaw(many, "room.join", Array.from({ length: 10_001 }, () => Buffer.from("x")));
  expect(await Promise.all(closed)).toEqual(["gone", "gone"]);
  expect(await ask(other, "topic:1")).toEqual({ ok: false, error: "hidden" });
});

test("a flood is refused, and in the end shown the door", async () => {
  const browser = await connect();
  await opened(browser);
  const closed = gone(browser);
  const answers = new Set<unknown>();
  for (let n = 0; n < 1000; n++) browser.emit("room.join", { room: "topic:1" }, (answer) => answers.add(answer.ok || answer.error));
  expect(await closed).toBe("gone");
  expect(answers).toContain("tooMany");
});

test("a browser hears so many rooms and no more", async () => {
  const browser = await connect();
  const category = await make.category();
  const answers = [];
  for (let n = 0; n < 21; n++) answers.push(await ask(browser, `topic:${(await make.topic({ categoryId: category.id })).id}`));
  expect(answers.map((answer) => answer.ok || answer.error)).toEqual([...Array(20).fill(true), "tooMany"]);
});

test("where no WebSocket gets through, polling hears the same", async () => {
  const topic = await make.topic();
  const browser = await connect(undefined, { transports: ["polling"] });
  expect(await join(browser, `topic:${topic.id}`)).toBe(true);
});
