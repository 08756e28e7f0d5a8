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
  /** May take words as evidence for a theme. */
  captures: boolean;
  /** May make pages of wikis of what was said here. */
  makesPages: boolean;
  /** Its opening post only says what it is the talk about. */
  isTalk: boolean;
};

/** What a viewer may do with one post, without who they are: pages of different people show the same post alike. */
export type PostActs = {
  edits: boolean;
  reacts: boolean;
  replies: boolean;
  accepts: boolean;
  restores: boolean;
  /** Erases it for good. */
  purges: boolean;
  /** Takes its words as evidence for a theme. */
  captures: boolean;
  /** Makes a page of it; of the opening post, of the topic. */
  makesPages: boolean;
  isAnswer: boolean;
  /** Whether some post of the topic is the answer. */
  hasAnswer: boolean;
};

export function actsOn({ viewerId, moderates, takesPart, mayReply, accepts, acceptedNumber, captures, makesPages, isTalk }: Rights, post: PostView): PostActs {
  const isThere = !post.removal;
  const isOwn = post.author.id === viewerId;
  return {
    edits: isThere && (moderates || (takesPart && isOwn)),
    // The forms tell guests to sign in, so that they see what can be done.
    reacts: isThere && (viewerId === null || (takesPart && !isOwn)),
    replies: isThere && mayReply,
    accepts: isThere && accepts && post.number > 1,
    restores: !isThere && moderates,
    purges: !isThere && moderates,
    captures: isThere && captures,
    makesPages: isThere && makesPages && !(isTalk && post.number === 1),
    isAnswer: acceptedNumber === post.number,
    hasAnswer: acceptedNumber !== null,
  };
}
