import { randomUUID } from "node:crypto";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { refusalOf } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { deny } from "#app/core/policy.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { readDraft } from "#app/core/drafts.ts";
import { mayMakePages } from "./made-of.ts";
import { canCommentOn, findTalk, talkDraftKey, type TalkAbout } from "./talk.ts";
import { PAGE_SIZE, readPosts } from "./topic-page.ts";
import { readAnswering, rightsIn, shownTopic } from "./topic-page-data.ts";
import type { AccessedTopic } from "./topics.ts";

type Asked = {
  /** Where the article or page lies: its category. */
  categoryId: number;
  /** Its address, under which its comments are read and sent. */
  path: string;
  /** Since when its author takes no comments. */
  closedAt?: Date | null;
  /** The page's request: `?comment=` names one to show, `?reply=` one to answer, `?draft=` a text to go on with, `?from=` the reply from which one jumped to what it answers. */
  request: Request;
};

const search = z.object({
  comment: idParam.optional().catch(undefined),
  reply: idParam.optional().catch(undefined),
  quote: z.string().optional().catch(undefined),
  draft: idParam.optional().catch(undefined),
  from: idParam.optional().catch(undefined),
});

/** Comments have the numbers from here on: 1 is the opening, which says what the talk is about. */
export const FIRST_COMMENT = 2;

export type TalkData = Awaited<ReturnType<typeof readTalk>>;

/** What people say about an article or a page this viewer has been given, for the section under it: 20 comments, around the one asked for. */
export async function readTalk(viewer: Viewer, about: TalkAbout, { categoryId, path, closedAt = null, request }: Asked) {
  const { comment, reply, quote, draft, from } = search.parse(Object.fromEntries(new URL(request.url).searchParams));
  const found = await findTalk(db, viewer, about).catch(ifRemoved);
  const topic = found === "removed" ? null : found;
  const draftKey = talkDraftKey(about);
  const asked = comment && topic && comment >= FIRST_COMMENT && comment <= topic.lastPostNumber ? comment : null;
  const refusal = found === "removed" ? deny("forums.commentsRemoved") : await canCommentOn(db, viewer, topic, { categoryId, closedAt });
  const window = topic ? windowAround(topic, asked) : { first: FIRST_COMMENT, last: 1 };
  const answered = topic && reply && reply >= FIRST_COMMENT ? reply : null;
  return {
    path,
    categoryId,
    draftKey,
    topic: topic && shownTopic(topic),
    count: topic ? Math.max(0, topic.postCount - 1) : 0,
    posts: topic ? await readPosts(db, viewer, topic, window) : [],
    window: { ...window, asked: asked ?? window.first },
    arrivesAt: asked,
    cameFrom: from && asked && from > asked && from <= (topic?.lastPostNumber ?? 0) ? from : null,
    answering: answered ? await readAnswering(viewer, topic!, answered, quote !== undefined) : null,
    draft: viewer.kind === "member" ? await readDraft(viewer, draftKey, draft) : null,
    key: viewer.kind === "member" ? randomUUID() : null,
    replyRefusal: refusalOf(viewer, refusal),
    /** Closed, and by whose word: the moderators' with their reason, or the author's. */
    closed: topic?.lockedAt ? { reason: topic.lockedReason } : closedAt && { reason: "" },
    rights: topic && rightsIn(viewer, topic, { makesPages: await mayMakePages(db, viewer) }),
    isMember: viewer.kind === "member",
  };
}

/** A moderator took the talk away: for everybody else there is none, and none begins. */
function ifRemoved(error: unknown): "removed" {
  if (error instanceof NotFoundError) return "removed";
  throw error;
}

function windowAround({ lastPostNumber }: AccessedTopic, asked: number | null): { first: number; last: number } {
  const number = asked ?? FIRST_COMMENT;
  const first = number - ((number - FIRST_COMMENT) % PAGE_SIZE);
  return { first, last: Math.min(first + PAGE_SIZE - 1, lastPostNumber) };
}
