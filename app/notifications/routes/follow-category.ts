import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { followCategory } from "../follow.ts";
import { followInput } from "../inputs.ts";

const params = z.object({ slug: z.string(), categoryId: idParam });

export const action = defineAction({ params, input: followInput }, async ({ viewer, params: { categoryId }, input: { level } }) => {
  const { slug } = await followCategory(requireMember(viewer), categoryId, level);
  return redirect(`/c/${slug}/${categoryId}`);
});
