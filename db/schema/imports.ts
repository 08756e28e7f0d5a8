import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, idOf } from "./columns.ts";

/** What a row brought by an import was called where it came from, so that running the import again adds nothing twice. */
export const importLinks = pgTable(
  "import_links",
  {
    /** The community it came from: `stackexchange:bicycles.meta`. */
    source: text().notNull(),
    /** `member`, `topic`, `post`, `revision`, `badge`, `vote` … */
    kind: text().notNull(),
    externalId: text().notNull(),
    localId: idOf().notNull(),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.source, row.kind, row.externalId] }), index("import_links_by_local_id").on(row.kind, row.localId)],
);
