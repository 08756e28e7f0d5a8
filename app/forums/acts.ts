import { redirect } from "@remix-run/node";
import type { z } from "zod";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { requireMember, type Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { postParams, topicParams } from "./inputs.ts";
import type { PostRef } from "./lock-topic.ts";
import { topicPath } from "./paths.ts";
import { accessTopic } from "./topics.ts";

// Acts on a post or a topic have routes of their own, under its address, that lead back to it.

type Place = { id: number; slug: string };

/** The action of a route like `/t/:slug/:topicId/:postNumber/react`. */
export function postAct<Input>(input: z.ZodType<Input>, act: (actor: Member, ref: PostRef, input: Input) => Promise<Place>) {
  return defineAction({ params: postParams, input }, async ({ viewer, params, input }) => {
    const topic = await act(requireMember(viewer), params, input);
    return redirect(topicPath(topic, params.postNumber));
  });
}

/** The action of a route like `/t/:slug/:topicId/close`. */
export function topicAct<Input>(input: z.ZodType<Input>, act: (actor: Member, topicId: number, input: Input) => Promise<Place>) {
  return defineAction({ params: topicParams, input }, async ({ viewer, params, input }) => {
    const topic = await act(requireMember(viewer), params.topicId, input);
    return redirect(topicPath(topic));
  });
}

/** For whoever arrives at an act by its address alone, such as after signing in. */
export const toItsPlace = defineLoader({ params: topicParams }, async ({ viewer, params: { topicId, postNumber } }) => {
  throw redirect(topicPath(await accessTopic(db, viewer, topicId), postNumber));
});
