import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "#db/client.ts";
import { files } from "#db/schema/files.ts";
import { defineJob } from "../jobs.ts";
import { deleteFile } from "./store.ts";

const HOURS = 48;
const BATCH = 500;

/**
 * Removes files that nothing shows two days after they came: no post, article or page, no draft, no earlier
 * version of one, no member's picture or cover. Running it twice changes nothing.
 */
export const sweepFiles = defineJob({
  name: "core.sweep-files",
  input: z.object({}),
  maxAttempts: 3,
  async run() {
    const unused = await db.execute<{ id: number; key: string }>(sql`
      select f.id::int, f.storage_key as key from files f
      where f.created_at < now() - ${HOURS}::int * interval '1 hour' and (
        (f.purpose = 'post' and not exists (select from post_files p where p.file_id = f.id)
          and not exists (select from article_files a where a.file_id = f.id) and not exists (select from articles a where a.cover_file_id = f.id)
          and not exists (select from page_files w where w.file_id = f.id)
          and not exists (select from article_revisions r where r.editor_id = f.owner_id and strpos(r.body::text, f.storage_key) > 0)
          and not exists (select from page_revisions r where r.editor_id = f.owner_id and strpos(r.body::text, f.storage_key) > 0)
          and not exists (select from drafts d where d.member_id = f.owner_id and (strpos(d.body::text, f.storage_key) > 0 or strpos(d.fields::text, f.storage_key) > 0))
          and not exists (select from post_revisions r where r.editor_id = f.owner_id and strpos(r.body::text, f.storage_key) > 0))
        or (f.purpose = 'avatar' and not exists (select from members m where m.avatar_file_id = f.id))
        or (f.purpose = 'cover' and not exists (select from members m where m.cover_file_id = f.id)))
      order by f.id limit ${BATCH}`);
    if (unused.length === 0) return;
    // The row goes first: bytes without a row are seen by nobody, a row without bytes would be a broken picture.
    await db.delete(files).where(inArray(files.id, unused.map(({ id }) => id)));
    for (const { key } of unused) await deleteFile(key);
  },
});
