import { bigserial, pgTable } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns.ts";

/** Messages between processes too long for NOTIFY (8 kB). Written and emptied by @socket.io/postgres-adapter, which names it. */
export const socketIoAttachments = pgTable("socket_io_attachments", {
  id: bigserial({ mode: "number" }).primaryKey(),
  createdAt: moment().notNull().defaultNow(),
  payload: bytea(),
});
