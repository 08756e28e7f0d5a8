import { redirect } from "@remix-run/node";
import { and, eq, exists, inArray } from "drizzle-orm";
import { z } from "zod";
import { defineAction, leadTo, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { accessCategory } from "../../categories.ts";
import { categoryPath, tagPath } from "../../paths.ts";
import { markAllRead } from "../../reading.ts";
import { accessTag } from "../../tags.ts";

const input = z.object({ list: z.enum(["new", "unread"]), categoryId: idParam.optional(), divisionId: idParam.optional(), tag: z.string().max(200).optional() });

export const loader = leadTo({ params: noParams }, () => "/latest");

export const action = defineAction({ params: noParams, input }, async ({ viewer, input: { list, categoryId, divisionId, tag: slug } }) => {
  const member = requireMember(viewer);
  const category = categoryId ? await accessCategory(db, member, categoryId) : null;
  const tag = slug ? await accessTag(db, member, slug) : null;
  await markAllRead(member, { sort: list, categoryId, divisionId, tagId: tag?.id });
  // A division of which they see nothing does not exist for them: its address must not be told either.
  const visibleIn = db.select().from(categories).where(and(eq(categories.divisionId, divisions.id), inArray(categories.id, visibleCategoryIds(member))));
  const [division] = divisionId ? await db.select({ slug: divisions.slug }).from(divisions).where(and(eq(divisions.id, divisionId), exists(visibleIn))) : [];
  if (division) return redirect(`/d/${division.slug}?list=${list}`);
  return redirect(category ? `${categoryPath(category)}?list=${list}` : tag ? `${tagPath(tag)}?list=${list}` : `/${list}`);
});

export default RefusedAct;
