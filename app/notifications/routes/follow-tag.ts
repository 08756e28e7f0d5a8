import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { tagPath } from "#app/forums/paths.ts";
import { accessTag } from "#app/forums/tags.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { db } from "#db/client.ts";
import { followTag } from "../follow.ts";
import { followInput } from "../inputs.ts";

const params = z.object({ name: z.string().max(200) });

export const loader = leadTo({ params }, async ({ viewer, params: { name } }) => tagPath(await accessTag(db, viewer, name)));

export const action = defineAction({ params, input: followInput }, async ({ viewer, params: { name }, input: { level } }) =>
  redirect(tagPath(await followTag(requireMember(viewer), name, level))),
);

export default RefusedAct;
