import type { IncomingMessage, Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { coalesce } from "./coalesce.ts";
import { log } from "./log.ts";
import { connectProcesses } from "./realtime-adapter.ts";
import { clientInputs } from "./realtime-inputs.ts";
import type { Answer, Refusal, Room, ServerMessages } from "./realtime-messages.ts";
import { peopleChanged, peopleIn, personOf, sayTyping } from "./realtime-people.ts";
import { beginRecheck, joinRoom, leaveRoom, openTo, recheckRoom, type BrowserSocket, type Io, type Listener, type Opening, type RoomGuards, type Scope } from "./realtime-rooms.ts";
import { listLiveSessions, readViewer } from "./session.ts";
import { shared } from "./shared.ts";
import { wasSignedOut } from "./viewer.ts";

type Options = {
  guards: RoomGuards;
  /** Whether a page of another site makes a browser ask. Such a handshake is refused. */
  isForeign: (request: IncomingMessage) => boolean;
  /** "one": this process is all there is, and it need not tell others what it says. */
  processes: "one" | "many";
  /** Where browsers connect. A worker without one still speaks to the browsers of other processes. */
  server?: HttpServer;
};

/** Above what any message of ours needs, and low enough that nobody fills the memory. */
const MAX_MESSAGE_BYTES = 100_000;
/** Messages a browser may send at once, and how many more each second. */
const BURST = 60;
const PER_SECOND = 10;
/** How often sessions are checked beside the message that they ended, which a dead worker would not bring. */
const SESSION_CHECK_SECONDS = 30;
const RECHECKS_AT_ONCE = 8;

/** Between the handshake and the connection. */
const met = new WeakMap<BrowserSocket, Listener>();

const state = shared("realtime", () => ({ io: undefined as Io | undefined, guards: {} as RoomGuards, listeners: new Set<Listener>() }));

/** Lets this process speak in rooms and, given a web server, lets browsers into them. Answers how to stop. */
export async function startRealtime({ guards, isForeign, processes, server }: Options): Promise<() => Promise<void>> {
  const joined = processes === "many" ? await connectProcesses() : undefined;
  const io: Io = new Server({
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: 10_000,
    allowRequest: (request, answer) => answer(isForeign(request) ? "foreign origin" : null, !isForeign(request)),
    ...(joined && { adapter: joined.adapter }),
  });
  Object.assign(state, { io, guards });
  if (server) io.attach(server);

  io.use((socket, next) => {
    const cookie = socket.handshake.headers.cookie ?? "";
    readViewer(cookie).then((viewer) => {
      met.set(socket, { socket, cookie, viewer, rooms: new Map(), typing: new Set() });
      next();
    }, next);
  });
  io.on("connection", (socket) => serve(met.get(socket)!));
  io.on("recheck", (scope) => void recheckHere(scope));
  const timer = setInterval(() => void dropEndedSessions().catch(report), SESSION_CHECK_SECONDS * 1000);

  return async () => {
    clearInterval(timer);
    if (server) await io.close();
    else io.of("/").adapter.close();
    await joined?.close();
  };
}

/** Sends a message to everyone in a channel, or in any of several, whichever process holds their socket. */
export function broadcast<Name extends keyof ServerMessages>(channel: string | string[], name: Name, ...message: Parameters<ServerMessages[Name]>): void {
  state.io?.to(channel).emit(name, ...message);
}

/** The same for messages of which only the latest counts: at once, then at most once in `everyMs`. */
export function broadcastLatest<Name extends keyof ServerMessages>(channel: string, name: Name, everyMs: number, ...message: Parameters<ServerMessages[Name]>): void {
  coalesce(`${name} ${channel}`, everyMs, () => broadcast(channel, name, ...message));
}

/** Asks anew whether browsers may hear what they hear, in every process. Who may not hears at once no longer. */
export async function recheckRooms(scope: Scope): Promise<void> {
  // Only adapters between processes can pass it on; the one for a single process would complain.
  if (state.io && state.io.of("/").adapter.constructor.name !== "Adapter") state.io.serverSideEmit("recheck", scope);
  await recheckHere(scope);
}

/** Ends the connections of sessions that are over. */
export function closeSessions(sessionIds: string[]): void {
  for (const id of sessionIds) {
    broadcast(`session:${id}`, "session.ended");
    state.io?.in(`session:${id}`).disconnectSockets(true);
  }
}

function serve(listener: Listener): void {
  const { socket } = listener;
  let budget = BURST;
  let refilledAt = Date.now();
  state.listeners.add(listener);
  introduce(listener);
  // Its page was made for a member, and the session ended while there was no connection.
  if (wasSignedOut(listener.viewer)) socket.emit("session.ended");

  // All a browser sends comes through here and may be anything; a mistake thrown in here would end the process.
  socket.use(([name, ...args]: unknown[], next) => {
    const last = args.at(-1);
    const answer = typeof last === "function" ? (last as (answer: Answer) => void) : () => {};
    const refuse = (error: Refusal) => answer({ ok: false, error });
    budget = Math.min(BURST, budget + ((Date.now() - refilledAt) / 1000) * PER_SECOND) - 1;
    refilledAt = Date.now();
    if (budget < -10 * BURST) return void socket.disconnect(true);
    if (budget < 0) return refuse("tooMany");
    const input = Object.hasOwn(clientInputs, String(name)) && typeof name === "string" ? clientInputs[name as keyof typeof clientInputs].safeParse(args[0]) : undefined;
    if (!input?.success) return refuse("invalid");
    next();
  });
  const guarded = (act: () => Promise<Answer>, answer: unknown) =>
    act()
      .catch((error: unknown): Answer => (report(error), { ok: false, error: "failed" }))
      .then((result) => (typeof answer === "function" ? answer(result) : undefined));

  socket.on("room.join", ({ room, since }, answer) => void guarded(() => join(listener, room, since), answer));
  socket.on("room.state", ({ room, since }, answer) => void guarded(() => stateOf(listener, room, since), answer));
  socket.on("room.leave", ({ room }) => leave(listener, room));
  socket.on("typing", ({ room, isTyping }) => void sayTyping(listener, room, isTyping).catch(report));
  socket.on("disconnecting", () => {
    state.listeners.delete(listener);
    for (const room of listener.rooms.keys()) leave(listener, room);
  });
}

async function join(listener: Listener, room: Room, since?: number): Promise<Answer> {
  const answer = await joinRoom(state.guards, listener, room, since);
  if (!answer.ok || !listener.rooms.get(room)?.hasPeople) return answer;
  peopleChanged(state.io!, room);
  return { ...answer, people: peopleIn(room) };
}

function leave(listener: Listener, room: Room): void {
  const hadPeople = listener.rooms.get(room)?.hasPeople;
  void sayTyping(listener, room, false);
  leaveRoom(listener, room);
  if (hadPeople) peopleChanged(state.io!, room);
}

async function stateOf({ rooms }: Listener, room: Room, since?: number): Promise<Answer> {
  const opening = rooms.get(room);
  return opening ? { ok: true, state: await opening.state(since) } : { ok: false, error: "hidden" };
}

function introduce({ socket, viewer }: Listener): void {
  socket.data = { person: personOf(viewer), isGuest: viewer.kind === "guest" };
  if (viewer.kind === "member") void socket.join(`session:${viewer.sessionId}`);
}

async function recheckHere(scope: Scope): Promise<void> {
  beginRecheck();
  // Guests may all hear the same, and a member's browsers too, so each answer is asked for once.
  const asked = new Map<string, Promise<Opening | null>>();
  const only = membersIn(scope);
  const waiting = [...state.listeners].filter(({ viewer }) => only === null || (viewer.kind === "member" && only.has(viewer.id)));
  await Promise.all(Array.from({ length: RECHECKS_AT_ONCE }, async () => {
    for (let listener = waiting.pop(); listener; listener = waiting.pop()) await recheckListener(listener, scope, asked).catch(report);
  }));
}

/** Whose browsers alone are asked about; null for everybody's. */
function membersIn(scope: Scope): Set<number> | null {
  if ("memberId" in scope) return new Set([scope.memberId]);
  return "memberIds" in scope ? new Set(scope.memberIds) : null;
}

async function recheckListener(listener: Listener, scope: Scope, asked: Map<string, Promise<Opening | null>>): Promise<void> {
  if (membersIn(scope)) {
    const viewer = await readViewer(listener.cookie);
    if (viewer.kind === "guest") return endConnection(listener.socket);
    listener.viewer = viewer;
    introduce(listener);
  }
  const { viewer } = listener;
  for (const [room, { categoryId, hasPeople }] of listener.rooms) {
    if ("room" in scope && scope.room !== room) continue;
    if ("categoryIds" in scope && categoryId !== undefined && !scope.categoryIds.includes(categoryId)) continue;
    const key = `${viewer.kind === "member" ? viewer.id : 0} ${room}`;
    if (!asked.has(key)) asked.set(key, openTo(state.guards, viewer, room));
    const stays = await recheckRoom(listener, room, () => asked.get(key)!);
    if (hasPeople && (!stays || membersIn(scope))) peopleChanged(state.io!, room);
  }
}

async function dropEndedSessions(): Promise<void> {
  const sessionOf = ({ viewer }: Listener) => (viewer.kind === "member" ? viewer.sessionId : undefined);
  const open = [...state.listeners].flatMap((listener) => sessionOf(listener) ?? []);
  if (open.length === 0) return;
  const live = await listLiveSessions([...new Set(open)]);
  for (const listener of state.listeners) {
    const sessionId = sessionOf(listener);
    if (sessionId && !live.has(sessionId)) endConnection(listener.socket);
  }
}

function endConnection(socket: BrowserSocket): void {
  socket.emit("session.ended");
  socket.disconnect(true);
}

function report(error: unknown): void {
  log.warn({ err: error }, "sockets");
}
