import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { categoryPath } from "#app/forums/paths.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { db } from "#db/client.ts";
import { followCategory } from "../follow.ts";
import { followInput } from "../inputs.ts";

const params = z.object({ slug: z.string(), categoryId: idParam });

export const loader = leadTo({ params }, async ({ viewer, params: { categoryId } }) => categoryPath(await accessCategory(db, viewer, categoryId)));

export const action = defineAction({ params, input: followInput }, async ({ viewer, params: { categoryId }, input: { level } }) => {
  const { slug } = await followCategory(requireMember(viewer), categoryId, level);
  return redirect(categoryPath({ slug, id: categoryId }));
});

export default RefusedAct;
