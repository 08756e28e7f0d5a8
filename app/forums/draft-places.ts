import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Member } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { listDrafts, type Draft } from "#app/core/drafts.ts";
import { readKnowledgePlaces } from "./knowledge-drafts.ts";
import { topicPath } from "./paths.ts";

const EXCERPT_LENGTH = 280;

/** What the first part of a draft's key says it is. */
const kinds = {
  topic: "topic", reply: "reply", edit: "edit", "article-talk": "comment", "page-talk": "comment",
  "article-edit": "article", "article-new": "article", "page-edit": "page", "page-new": "page", "page-of": "page",
} as const;

/** A member's drafts with the place each was written for: `place` is null where they can no longer see it. */
export async function listDraftsWithPlaces(on: Executor, member: Member) {
  const drafts = await listDrafts(on, member);
  const idsOf = (kind: string) => drafts.flatMap(({ key }) => (key.startsWith(`${kind}:`) ? [Number(key.split(":")[1])] : []));
  const seen = and(inArray(topics.categoryId, visibleCategoryIds(member)), isNull(topics.removedAt));
  const [replyIds, postIds] = [idsOf("reply"), idsOf("edit")];
  const columns = { id: topics.id, slug: topics.slug, title: topics.title };
  const [replied, edited, knowledge] = await Promise.all([
    replyIds.length === 0 ? [] : on.select(columns).from(topics).where(and(inArray(topics.id, replyIds), seen)),
    postIds.length === 0 ? [] : on.select({ ...columns, postId: posts.id, number: posts.number }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(and(inArray(posts.id, postIds), isNull(posts.removedAt), seen)),
    readKnowledgePlaces(on, member, drafts),
  ]);
  return drafts.map((draft) => {
    const [kind, id] = draft.key.split(":") as [keyof typeof kinds, string | undefined];
    const reply = replied.find((topic) => topic.id === Number(id));
    const edit = edited.find(({ postId }) => postId === Number(id));
    const begun = knowledge.get(draft.key);
    const place =
      kind === "topic" ? { title: draft.title, href: `/new-topic?draft=${draft.id}` }
      : kind === "reply" ? reply && { title: reply.title, href: `${topicPath(reply)}?draft=${draft.id}#reply` }
      : kind === "edit" ? edit && { title: edit.title, href: `${topicPath(edit, edit.number)}/edit?draft=${draft.id}` }
      : begun && { title: draft.title || begun.title, href: `${begun.href}?draft=${draft.id}${kinds[kind] === "comment" ? "#reply" : ""}` };
    return { id: draft.id, kind: kinds[kind], place: place ?? null, text: wordsOf(draft), isConflict: draft.isConflict, updatedAt: draft.updatedAt };
  });
}

function wordsOf({ body }: Draft): string {
  let text = body;
  try {
    text = documentToMarkdown(JSON.parse(body));
  } catch {
    // It is Markdown already.
  }
  return text.trim().slice(0, EXCERPT_LENGTH);
}
