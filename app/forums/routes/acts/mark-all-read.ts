import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { accessCategory } from "../../categories.ts";
import { categoryPath } from "../../paths.ts";
import { markAllRead } from "../../reading.ts";

const input = z.object({ list: z.enum(["new", "unread"]), categoryId: idParam.optional() });

export const action = defineAction({ params: noParams, input }, async ({ viewer, input: { list, categoryId } }) => {
  const member = requireMember(viewer);
  const category = categoryId ? await accessCategory(db, member, categoryId) : null;
  await markAllRead(member, { sort: list, categoryId });
  return redirect(category ? `${categoryPath(category)}?list=${list}` : `/${list}`);
});
