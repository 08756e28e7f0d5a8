import { redirect } from "@remix-run/node";
import { z } from "zod";
import { directionInput } from "#app/community/inputs.ts";
import { defineAction, leadTo } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { orderTagGroup } from "../../tag-groups.ts";

const params = z.object({ groupId: idParam });

export const loader = leadTo({ params }, () => "/tags/groups");

export const action = defineAction({ params, input: directionInput }, async ({ viewer, params: { groupId }, input }) => {
  await orderTagGroup(requireMember(viewer), groupId, input.direction);
  return redirect("/tags/groups");
});

export default RefusedAct;
