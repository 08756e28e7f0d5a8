import { z } from "zod";
import type { Room } from "./realtime-messages.ts";

const room = z.string().regex(/^[a-z]{1,12}(:[1-9]\d{0,14})?$/).transform((name) => name as Room);

/** What browsers may send, by the name of the message. Anything else is answered with "invalid". */
export const clientInputs = {
  "room.join": z.strictObject({ room, since: z.number().int().nonnegative().optional() }),
  "room.state": z.strictObject({ room, since: z.number().int().nonnegative().optional() }),
  "room.leave": z.strictObject({ room }),
  "typing": z.strictObject({ room, isTyping: z.boolean() }),
};
