import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { connectProcesses } from "./realtime-adapter.ts";
import type { ClientMessages, Room, ServerMessages } from "./realtime-messages.ts";
import { readViewer } from "./session.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Decides, per kind of room, whether a viewer may hear it, and answers the
 * category it lies in, if any. Throwing an AppError means no.
 */
export type RoomGuards = Record<string, (viewer: Viewer, id: number) => Promise<{ categoryId: number } | void>>;

type Io = Server<ClientMessages, ServerMessages, Record<string, never>, { viewer: Viewer }>;
let io: Io | undefined;

/** Lets this process speak in rooms and, given a web server, lets browsers into them. Answers how to stop. */
export async function startRealtime(guards: RoomGuards, server?: HttpServer): Promise<() => Promise<void>> {
  const processes = await connectProcesses();
  // Without a web server it holds no sockets, but what it says still reaches those of the other processes.
  const here: Io = (io = new Server({ serveClient: false, adapter: processes.adapter }));
  if (server) here.attach(server);

  here.use((socket, next) => {
    const cookie = socket.handshake.headers.cookie ?? "";
    readViewer(cookie).then((viewer) => {
      socket.data.viewer = viewer;
      next();
    }, next);
  });

  here.on("connection", (socket) => {
    const { viewer } = socket.data;
    if (viewer.kind === "member") void socket.join(`member:${viewer.id}`);
    // What a browser sends may be anything; a mistake thrown in here would end the process.
    socket.on("room.join", async (room: unknown, answer: unknown) => {
      const rooms = await roomsOpenTo(viewer, guards, String(room)).catch(() => []);
      await socket.join(rooms);
      if (typeof answer === "function") answer(rooms.length > 0);
    });
    socket.on("room.leave", (room) => void socket.leave(room));
  });

  return async () => {
    if (server) await here.close();
    else here.of("/").adapter.close();
    await processes.close();
  };
}

/** The room, and its category's, through which it can be closed again. */
async function roomsOpenTo(viewer: Viewer, guards: RoomGuards, room: string): Promise<string[]> {
  const [kind = "", id = "0"] = room.split(":");
  const guard = Object.hasOwn(guards, kind) ? guards[kind] : undefined;
  if (!guard || !/^\d{1,15}$/.test(id)) return [];
  const place = await guard(viewer, Number(id));
  return place ? [room, `category:${place.categoryId}`] : [room];
}

/** Sends a message to everyone in a room, whichever process holds their socket. */
export function broadcast<Name extends keyof ServerMessages>(
  room: Room,
  name: Name,
  ...message: Parameters<ServerMessages[Name]>
): void {
  io?.to(room).emit(name, ...message);
}

/** Drops the connections of all in a room. Browsers connect again and ask for their rooms anew, past the guards. */
export function closeRoom(room: Room): void {
  io?.in(room).disconnectSockets(true);
}
