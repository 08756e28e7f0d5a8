import { redirect } from "@remix-run/node";
import { defineAction } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { topicParams } from "#app/forums/inputs.ts";
import { topicPath } from "#app/forums/paths.ts";
import { followTopic } from "../follow.ts";
import { followInput } from "../inputs.ts";

export const action = defineAction({ params: topicParams, input: followInput }, async ({ viewer, params: { topicId }, input: { level } }) => {
  const { slug } = await followTopic(requireMember(viewer), topicId, level);
  return redirect(topicPath({ slug, id: topicId }));
});
