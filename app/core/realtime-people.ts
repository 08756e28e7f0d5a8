import type { People, Person, Room } from "./realtime-messages.ts";
import type { Io, Listener } from "./realtime-rooms.ts";
import type { Viewer } from "./viewer.ts";

/** Faces beyond these are only counted. */
const MAX_FACES = 12;

const waiting = new Map<Room, NodeJS.Timeout>();
const lastSaid = new Map<Room, People>();

/** Who a viewer is to others in a room: nobody, when they hide their presence. */
export function personOf(viewer: Viewer): Person | null {
  if (viewer.kind === "guest" || viewer.hidesPresence) return null;
  const { id, username, name, avatarFileId } = viewer;
  return { id, username, name, avatarFileId };
}

/** Who was here when it was last said. */
export function peopleIn(room: Room): People | undefined {
  return lastSaid.get(room);
}

/** Tells a room soon who is there now, if that is not what it heard last. The fuller the room, the rarer. */
export function peopleChanged(io: Io, room: Room): void {
  if (waiting.has(room)) return;
  const here = io.of("/").adapter.rooms.get(room)?.size ?? 0;
  const timer = setTimeout(() => {
    waiting.delete(room);
    sayPeople(io, room).catch(() => lastSaid.delete(room));
  }, Math.min(300 + here * 5, 10_000));
  waiting.set(room, timer.unref());
}

async function sayPeople(io: Io, room: Room): Promise<void> {
  const sockets = await io.in(room).fetchSockets();
  if (sockets.length === 0) return void lastSaid.delete(room);
  const all = new Map(sockets.flatMap(({ data: { person } }) => (person ? [[person.id, person]] : [])));
  const people = [...all.values()].slice(0, MAX_FACES);
  const now = { people, peopleCount: all.size, guestCount: sockets.filter(({ data }) => data.isGuest).length };
  if (JSON.stringify(now) === JSON.stringify(lastSaid.get(room))) return;
  lastSaid.set(room, now);
  io.to(room).emit("people.changed", { room, ...now });
}

/** Tells the others in a room that someone writes, or no longer does. */
export async function sayTyping(listener: Listener, room: Room, isTyping: boolean): Promise<void> {
  const { socket, rooms, typing } = listener;
  const { person } = socket.data;
  const opening = rooms.get(room);
  if (!person || !opening?.mayType) return;
  if (isTyping && !(await opening.mayType())) return;
  if (!isTyping && !typing.has(room)) return;
  if (isTyping && socket.connected) typing.add(room);
  else typing.delete(room);
  socket.to(opening.channels).volatile.emit("typing.changed", { room, person, isTyping: typing.has(room) });
}
