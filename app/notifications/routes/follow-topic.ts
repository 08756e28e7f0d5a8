import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { topicParams } from "#app/forums/inputs.ts";
import { topicPath } from "#app/forums/paths.ts";
import { readSubject } from "#app/forums/talk-subject.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { followTopic } from "../follow.ts";
import { followInput } from "../inputs.ts";

export const loader = leadTo({ params: topicParams }, async ({ viewer, params: { topicId } }) => topicPath(await accessTopic(db, viewer, topicId)));

export const action = defineAction({ params: topicParams, input: followInput }, async ({ viewer, params: { topicId }, input: { level } }) => {
  const member = requireMember(viewer);
  await followTopic(member, topicId, level);
  const topic = await accessTopic(db, member, topicId);
  const subject = await readSubject(db, topic);
  return redirect(subject ? `${subject.path}#comments` : topicPath(topic));
});

export default RefusedAct;
