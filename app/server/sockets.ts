import { startRealtime } from "#app/core/realtime.ts";
import { roomGuards } from "./rooms.ts";
import { isForeign } from "./web/same-origin.ts";

type Options = Pick<Parameters<typeof startRealtime>[0], "server" | "processes">;

/** Sockets as the community has them: its rooms, its origin. Answers how to stop. */
export function startSockets(options: Options): Promise<() => Promise<void>> {
  return startRealtime({ ...options, guards: roomGuards, isForeign });
}
