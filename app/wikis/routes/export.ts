import { Readable } from "node:stream";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { streamed } from "#app/core/streamed.ts";
import { requireMember } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { wikis } from "#db/schema/wikis.ts";
import { exportPages } from "../files/export-pages.ts";

const asked = z.object({ page: idParam.optional().catch(undefined) });

/** `/w/handbook/export.zip`, or `?page=12` for a page and all below it: sent as it is read. */
export const loader = defineLoader({ params: z.object({ wiki: z.string().max(200) }) }, async ({ viewer, params, request }) => {
  const member = requireMember(viewer);
  const [wiki] = await db.select({ id: wikis.id, slug: wikis.slug }).from(wikis).where(and(eq(wikis.slug, params.wiki), inArray(wikis.categoryId, visibleCategoryIds(viewer))));
  if (!wiki) throw new NotFoundError("wiki");
  const { page } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  await limitRate("export", member.id, { points: 10, perSeconds: 600 });
  const zip = await exportPages(viewer, wiki, page);
  return new Response(streamed(Readable.from(zip)), {
    headers: { "Content-Type": "application/zip", "Content-Disposition": `attachment; filename="${wiki.slug}.zip"`, "Cache-Control": "private, no-store" },
  });
});
