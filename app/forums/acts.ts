import { redirect } from "@remix-run/node";
import { z } from "zod";
import { defineAction, leadTo } from "#app/core/http.ts";
import { requireMember, type Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { postParams, topicParams } from "./inputs.ts";
import type { PostRef } from "./lock-topic.ts";
import { topicPath } from "./paths.ts";
import { homeOfPost } from "./talk-subject.ts";
import { readPosts, type PostView, type Tombstone } from "./topic-page.ts";
import { accessTopic, type AccessedTopic } from "./topics.ts";

// Acts on a post or a topic have routes of their own, under its address, that lead back to it. A page that can show
// what changed by itself asks to stay where it is.

/** The answer to an act that asked to stay: the post as it is now. */
export type Stayed = { ok: true; posts: (PostView | Tombstone)[] };

const stayInput = z.object({ stay: z.literal("1").optional().catch(undefined) });

/** The action of a route like `/t/:slug/:topicId/:postNumber/react`. */
export function postAct<Input>(input: z.ZodType<Input>, act: (actor: Member, ref: PostRef, input: Input) => Promise<AccessedTopic>) {
  return defineAction({ params: postParams, input: input.and(stayInput) }, async ({ viewer, params, input }) => {
    const actor = requireMember(viewer);
    const topic = await act(actor, params, input);
    if (!input.stay) return redirect(await homeOfPost(db, topic, params.postNumber));
    const { postNumber: number } = params;
    return { ok: true, posts: await readPosts(db, actor, topic, { first: number, last: number }) } satisfies Stayed;
  });
}

/** The action of a route like `/t/:slug/:topicId/close`. */
export function topicAct<Input>(input: z.ZodType<Input>, act: (actor: Member, topicId: number, input: Input) => Promise<AccessedTopic>) {
  return defineAction({ params: topicParams, input: input.and(stayInput) }, async ({ viewer, params, input }) => {
    const topic = await act(requireMember(viewer), params.topicId, input);
    return input.stay ? ({ ok: true, posts: [] } satisfies Stayed) : redirect(topicPath(topic));
  });
}

/** For whoever arrives at an act by its address alone, such as after signing in. */
export const toItsPlace = leadTo({ params: topicParams }, async ({ viewer, params: { topicId, postNumber } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  return postNumber ? homeOfPost(db, topic, postNumber) : topicPath(topic);
});
