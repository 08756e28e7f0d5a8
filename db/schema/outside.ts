import { pgTable, text, unique } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";

/** A member's own address of one list. Whoever has it reads there what that member may see at the moment, and can do nothing else with it. */
export const feedAddresses = pgTable(
  "feed_addresses",
  {
    id: id(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    /** The list by the ids of rows, such as `blog:5`: names and addresses change, this does not. */
    feed: text().notNull(),
    /** SHA-256 of the secret in the address, in hex. The secret itself is stored nowhere. */
    tokenHash: text().notNull().unique(),
    createdAt: createdAt(),
    /** To the hour, so that a reader does not write each time it looks. */
    lastReadAt: moment(),
  },
  (row) => [unique("feed_addresses_once").on(row.memberId, row.feed)],
);
