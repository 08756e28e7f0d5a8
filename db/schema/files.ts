import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { createdAt, id, idOf } from "./columns.ts";
import { posts } from "./forums.ts";

/** A smaller copy of an image, in WebP. */
export type FileVariant = { name: string; width: number; height: number; bytes: number };

/** Something uploaded. Its bytes are in the file store under `storageKey`; who may have them is asked on every read. */
export const files = pgTable(
  "files",
  {
    id: id(),
    ownerId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    /** Random and unguessable; also the address: `/files/<key>/<name>`. */
    storageKey: text().notNull().unique(),
    /** As it was called by its owner, made harmless. */
    name: text().notNull(),
    /** By content, not by name. */
    contentType: text().notNull(),
    bytes: integer().notNull(),
    width: integer(),
    height: integer(),
    sha256: text().notNull(),
    variants: jsonb().$type<FileVariant[]>().notNull().default([]),
    /** Avatars, logos: shown to everyone. Other files follow the posts that show them. */
    purpose: text().notNull().default("post"),
    createdAt: createdAt(),
  },
  (row) => [index("files_by_owner").on(row.ownerId, row.createdAt)],
);

/** Which posts show a file. A file in none is its owner's alone. */
export const postFiles = pgTable(
  "post_files",
  {
    postId: idOf().notNull().references(() => posts.id, { onDelete: "cascade" }),
    fileId: idOf().notNull().references(() => files.id, { onDelete: "cascade" }),
  },
  (row) => [primaryKey({ columns: [row.postId, row.fileId] }), index("post_files_by_file").on(row.fileId)],
);
