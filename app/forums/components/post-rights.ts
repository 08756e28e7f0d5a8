import type { PostView } from "../topic-page.ts";

/** What a viewer may do in a topic; what they may do with a post of it follows from that and whose it is. */
export type Rights = {
  viewerId: number | null;
  /** Keeps order here. */
  moderates: boolean;
  /** May write here: verified, not suspended, the topic not archived. */
  takesPart: boolean;
  mayReply: boolean;
  /** Asked the question, or keeps order. */
  accepts: boolean;
  acceptedNumber: number | null;
};

export function mayEdit({ viewerId, moderates, takesPart }: Rights, post: PostView): boolean {
  return !post.removal && (moderates || (takesPart && post.author.id === viewerId));
}

/** The forms tell guests to sign in, so that they see what can be done. */
export function mayReact({ viewerId, takesPart }: Rights, post: PostView): boolean {
  return !post.removal && (viewerId === null || (takesPart && post.author.id !== viewerId));
}
