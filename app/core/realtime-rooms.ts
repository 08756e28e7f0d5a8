import type { Server, Socket } from "socket.io";
import { AppError } from "./errors.ts";
import type { Answer, ClientMessages, Person, Room, RoomState, ServerMessages } from "./realtime-messages.ts";
import type { Viewer } from "./viewer.ts";

/** What a guard lets a viewer hear. */
export type Opening = {
  /** The channels messages are sent to: `topic:5`, or the `category:…` of each category a list shows. */
  channels: string[];
  /** Where it lies, if in one category: it is checked again when rights there change. Without one, when any do. */
  categoryId?: number;
  state: (since?: number) => Promise<RoomState>;
  /** Whether those here are shown to each other. */
  hasPeople?: true;
  /** Asked each time, because rights, locks and suspensions come and go. */
  mayType?: () => Promise<boolean>;
};

/** Decides, per kind of room, whether a viewer may hear it. Throwing an AppError means no. */
export type RoomGuards = Record<string, (viewer: Viewer, id: number) => Promise<Opening>>;

/** What other processes may know of a socket. */
export type SocketData = { person: Person | null; isGuest: boolean };
/** What processes tell each other. */
export type ProcessMessages = { recheck: (scope: Scope) => void };
export type Io = Server<ClientMessages, ServerMessages, ProcessMessages, SocketData>;
export type BrowserSocket = Socket<ClientMessages, ServerMessages, ProcessMessages, SocketData>;

/** One open browser of this process: who it is, and what it hears. */
export type Listener = { socket: BrowserSocket; cookie: string; viewer: Viewer; rooms: Map<Room, Opening>; typing: Set<Room> };

/** Whose hearing is asked for anew. */
export type Scope = { categoryIds: number[] } | { memberId: number } | { memberIds: number[] } | { room: Room };

/** More than any page of ours opens. */
const MAX_ROOMS = 20;

/** Raised by every recheck, so that a join under way notices that the answer it got may be old. */
let epoch = 0;

export function beginRecheck(): void {
  epoch += 1;
}

/** Opens a room to a browser if its viewer may hear it. The state is read after it hears, so nothing falls between. */
export async function joinRoom(guards: RoomGuards, listener: Listener, room: Room, since?: number): Promise<Answer> {
  if (!listener.rooms.has(room) && listener.rooms.size >= MAX_ROOMS) return { ok: false, error: "tooMany" };
  for (;;) {
    const before = epoch;
    const opening = await openTo(guards, listener.viewer, room);
    if (!opening) {
      leaveRoom(listener, room);
      return { ok: false, error: "hidden" };
    }
    // A socket that has gone would stay in the channel for ever.
    if (!listener.socket.connected) return { ok: false, error: "failed" };
    if (before !== epoch) continue;
    await hear(listener, room, opening);
    return { ok: true, state: await opening.state(since) };
  }
}

export function leaveRoom(listener: Listener, room: Room): void {
  const opening = listener.rooms.get(room);
  if (!opening) return;
  listener.rooms.delete(room);
  leaveUnheard(listener, opening);
}

/** Asks the guard again. Answers whether the browser still hears the room. */
export async function recheckRoom(listener: Listener, room: Room, ask: () => Promise<Opening | null>): Promise<boolean> {
  // Failing to find out is a no: the browser asks again by itself.
  const opening = await ask().catch(() => null);
  if (!listener.rooms.has(room)) return true;
  if (opening && listener.socket.connected) {
    await hear(listener, room, opening);
    return true;
  }
  leaveRoom(listener, room);
  listener.socket.emit("room.closed", { room });
  return false;
}

/** Null: there is no such room, or not for them. */
export async function openTo(guards: RoomGuards, viewer: Viewer, room: Room): Promise<Opening | null> {
  const [kind = "", id] = room.split(":");
  const guard = Object.hasOwn(guards, kind) ? guards[kind] : undefined;
  if (!guard) return null;
  try {
    return await guard(viewer, Number(id ?? 0));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function hear(listener: Listener, room: Room, opening: Opening): Promise<void> {
  const before = listener.rooms.get(room);
  listener.rooms.set(room, opening);
  if (before) leaveUnheard(listener, before);
  await listener.socket.join(opening.channels);
}

function leaveUnheard({ socket, rooms }: Listener, { channels }: Opening): void {
  const heard = new Set([...rooms.values()].flatMap((opening) => opening.channels));
  for (const channel of channels) if (!heard.has(channel)) void socket.leave(channel);
}
