import type { Socket } from "socket.io-client";
import type { Answer, ClientMessages, People, Person, Room, RoomState, ServerMessages } from "#app/core/realtime-messages.ts";
import { CONNECTING, findWayThrough } from "./way-through.ts";

// The one connection of a browser tab. Its client is loaded after the page is idle, in a file of its own, and only where
// a page listens to something. Everything here runs in browsers only.

export type RoomListener = {
  /** Where the room stands: after joining, again after each lost connection, and when it is told. */
  onState?: (state: RoomState) => void;
  onListChanged?: (topicIds: number[]) => void;
  onPeople?: (people: People) => void;
  onTyping?: (person: Person, isTyping: boolean) => void;
  /** It is heard no longer: gone, or not for this reader. */
  onClosed?: () => void;
  /** There is no connection: look for yourself. */
  onBlind?: () => void;
  /** The moment up to which a list is known, in milliseconds. */
  since?: () => number;
};

type Connection = Socket<ServerMessages, ClientMessages>;

/** How often a page without a connection looks for itself, while it is looked at: nobody waits for news a quarter of a minute. */
const BLIND_EVERY_MS = 10_000;
const RETRY_CLOSED_MS = 2000;
/** This tab may itself have ended the session, and be on its way to the next page. */
const OWN_STEP_MS = 1500;
const OWN_PAGE_LOAD_MS = 10_000;

/** Told to the window: the reader of a page with something begun was signed out; they are back. */
export const SIGNED_OUT = "wellspring:signed-out";
export const SIGNED_IN = "wellspring:signed-in";

const rooms = new Map<Room, Set<RoomListener>>();
let socket: Connection | undefined;
let opening: Promise<void> | undefined;
let lostAt: number | undefined;
let leftAt = 0;
let isSignedOut = false;

/** Hears a room until the answer is called. */
export function listen(room: Room, listener: RoomListener): () => void {
  const listeners = rooms.get(room) ?? new Set();
  rooms.set(room, listeners.add(listener));
  if (socket?.connected) join(room);
  opening ??= open();
  return () => {
    listeners.delete(listener);
    // Another page may listen to the same a moment later: leaving waits for it.
    setTimeout(() => {
      if (listeners.size > 0 || rooms.get(room) !== listeners) return;
      rooms.delete(room);
      socket?.emit("room.leave", { room });
    }, 100);
  };
}

/** Asks where a room stands. */
export function askState(room: Room): void {
  if (socket?.connected) socket.emit("room.state", { room }, (answer) => heard(room, answer));
}

export function sayTyping(room: Room, isTyping: boolean): void {
  if (socket?.connected) socket.volatile.emit("typing", { room, isTyping });
}

async function open(): Promise<void> {
  lostAt = Date.now();
  setInterval(lookForYourself, BLIND_EVERY_MS / 5);
  await idle();
  const { io } = await import("socket.io-client");
  const connection: Connection = io({ ...CONNECTING });
  const tryAnew = findWayThrough(connection);
  socket = connection;
  connection.on("connect", () => {
    lostAt = undefined;
    for (const room of rooms.keys()) join(room);
  });
  connection.on("connect_error", () => (lostAt ??= Date.now()));
  connection.on("disconnect", (reason) => {
    lostAt ??= Date.now();
    // socket.io stays away when the server ended the connection.
    if (reason === "io server disconnect") setTimeout(() => connection.connect(), 200 + Math.random() * 1800);
  });
  connection.on("topic.changed", ({ topicId, ...state }) => tell(`topic:${topicId}`, (listener) => listener.onState?.(state)));
  connection.on("list.changed", ({ topicIds }) => {
    for (const room of rooms.keys()) tell(room, (listener) => listener.onListChanged?.(topicIds));
  });
  connection.on("inbox.changed", () => {
    // A thousand who watch one topic are told in the same moment.
    for (const room of rooms.keys()) if (room.startsWith("member:")) setTimeout(() => askState(room), Math.random() * 500);
  });
  connection.on("people.changed", ({ room, ...people }) => tell(room, (listener) => listener.onPeople?.(people)));
  connection.on("typing.changed", ({ room, person, isTyping }) => tell(room, (listener) => listener.onTyping?.(person, isTyping)));
  // Once more, in case that only finding out had failed; a second no is one.
  connection.on("room.closed", ({ room }) => setTimeout(() => rooms.has(room) && join(room), Math.random() * RETRY_CLOSED_MS));
  connection.on("session.ended", signedOut);
  // It was perhaps in another tab that they signed in again: only a new connection knows.
  addEventListener("focus", () => isSignedOut && connection.disconnect().connect());
  addEventListener("online", () => (tryAnew(), connection.connect()));
  addEventListener("beforeunload", () => (leftAt = Date.now()));
}

/**
 * The page says itself that its reader was signed out once it is made anew. What they have begun to write must not be
 * lost by that: then it stays as it is, with a line above it.
 */
function signedOut(): void {
  if (![...rooms.keys()].some((room) => room.startsWith("member:"))) return;
  if (!hasTyped()) return reloadUnlessLeaving();
  isSignedOut = true;
  dispatchEvent(new Event(SIGNED_OUT));
}

/** For what else learns it first, such as a session that has run out by itself, of which no socket is told. */
export function foundSignedOut(): void {
  if (!isSignedOut) signedOut();
}

function hasTyped(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("main textarea, main input:is([type=text], [type=email], [type=url], [type=number], :not([type]))");
  return [...fields].some((field) => field.value !== field.defaultValue) || [...document.querySelectorAll("main [contenteditable=true]")].some((field) => field.textContent?.trim());
}

/** A reload would break off the way to another page, such as from a link in a mail that has just been used up. */
function reloadUnlessLeaving(): void {
  const isLeaving = Date.now() - leftAt < OWN_PAGE_LOAD_MS;
  setTimeout(() => location.reload(), isLeaving ? OWN_PAGE_LOAD_MS : OWN_STEP_MS);
}

function join(room: Room): void {
  const since = Math.min(...[...(rooms.get(room) ?? [])].map((listener) => listener.since?.() ?? Infinity));
  socket?.emit("room.join", { room, ...(Number.isFinite(since) && { since }) }, (answer) => heard(room, answer));
}

function heard(room: Room, answer: Answer): void {
  if (!answer.ok) {
    if (answer.error === "hidden") tell(room, (listener) => listener.onClosed?.());
    else setTimeout(() => rooms.has(room) && socket?.connected && join(room), 1000 + Math.random() * RETRY_CLOSED_MS);
    return;
  }
  if (isSignedOut && room.startsWith("member:")) {
    isSignedOut = false;
    dispatchEvent(new Event(SIGNED_IN));
  }
  tell(room, (listener) => {
    listener.onState?.(answer.state);
    if (answer.state.changedTopicIds?.length) listener.onListChanged?.(answer.state.changedTopicIds);
    if (answer.people) listener.onPeople?.(answer.people);
  });
}

function tell(room: Room, say: (listener: RoomListener) => void): void {
  for (const listener of rooms.get(room) ?? []) say(listener);
}

let lookedAt = 0;

function lookForYourself(): void {
  const now = Date.now();
  if (lostAt === undefined || now - lostAt < BLIND_EVERY_MS || now - lookedAt < BLIND_EVERY_MS || document.hidden) return;
  lookedAt = now;
  // Asking for a page without a network would show an error in its place.
  fetch("/healthz").then(({ ok }) => {
    if (ok) for (const room of rooms.keys()) tell(room, (listener) => listener.onBlind?.());
  }, () => {});
}

/** After what the page itself needs. */
function idle(): Promise<unknown> {
  return new Promise((resolve) => ("requestIdleCallback" in window ? requestIdleCallback(resolve, { timeout: 2000 }) : setTimeout(resolve, 300)));
}
