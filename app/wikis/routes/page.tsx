import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { eq } from "drizzle-orm";
import { ForbiddenError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { requireMember } from "#app/core/viewer.ts";
import { TalkSection } from "#app/forums/components/talk-section.tsx";
import { createReplyInput } from "#app/forums/inputs.ts";
import { commentPath, topicPath } from "#app/forums/paths.ts";
import { readTalk } from "#app/forums/read-talk.ts";
import { createComment } from "#app/forums/talk.ts";
import { FollowControl } from "#app/notifications/components/follow-control.tsx";
import { readTopicLevel } from "#app/notifications/follow.ts";
import { describePage, firstWords } from "#app/outside/describe-knowledge.ts";
import { SeenMark } from "#app/notifications/components/seen-mark.tsx";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { PageView } from "../components/page-view.tsx";
import { readFollow } from "../follow-page.ts";
import { pageParams } from "../inputs.ts";
import { withAddresses } from "../link-addresses.ts";
import { listBacklinks } from "../loose-ends.ts";
import { outlined } from "../outline.ts";
import { pageAt } from "../page-at.ts";
import { readFrame } from "../page-frame.ts";
import { accessPage, readLatest, readWords } from "../pages.ts";
import { pathOf } from "../paths.ts";
import { canCareFor, canEditPage, canModerate, canRemovePage, canReview } from "../policy.ts";
import { listSources } from "../sources.ts";
import { talkOf } from "../talk-of-page.ts";

const BACKLINKS_SHOWN = 8;

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request, context }) => {
  const page = await pageAt(viewer, params, request);
  const isDraft = page.publishedRevision === 0;
  const [frame, words, backlinks, sources, follow, people, talk] = await Promise.all([
    readFrame(viewer, page),
    isDraft ? readLatest(db, page).then(({ body }) => ({ bodyHtml: renderedBody(body).bodyHtml, opening: "" })) : readWords(db, page.id),
    listBacklinks(db, viewer, page.id, { limit: BACKLINKS_SHOWN + 1 }),
    listSources(db, viewer, page.id),
    readFollow(db, viewer, page.id),
    readPeople([page.lastEditorId, page.ownerId, page.verifiedById]),
    isDraft || page.removedAt ? null : readTalk(viewer, { pageId: page.id }, { categoryId: page.categoryId, path: pathOf(page), request }),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  return {
    title: page.title, place: { divisionId: page.divisionId, categoryId: page.categoryId }, ...frame, ...outlined(await withAddresses(db, viewer, words.bodyHtml)), description: firstWords(words.opening),
    page: { id: page.id, slug: page.slug, title: page.title, revision: page.revision, publishedRevision: page.publishedRevision, editedAt: page.editedAt, removedAt: page.removedAt, removedReason: page.removedReason, isTemplate: page.isTemplate, reviewAskedAt: page.reviewAskedAt, reviewNote: page.reviewNote },
    lastEditor: people.get(page.lastEditorId ?? 0) ?? null, owner: people.get(page.ownerId ?? 0) ?? null,
    verified: page.verifiedUntil ? { until: page.verifiedUntil, isOverdue: page.verifiedUntil < today, by: people.get(page.verifiedById ?? 0)?.name ?? null } : null,
    backlinks: backlinks.slice(0, BACKLINKS_SHOWN), hasMoreBacklinks: backlinks.length > BACKLINKS_SHOWN,
    sources, talk, talkFollow: talk?.topic ? await readTopicLevel(db, viewer, talk.topic.id) : null,
    follow, path: pathOf(page),
    // A draft is told of to nobody.
    found: isDraft || page.removedAt ? undefined : describePage(viewer, context, { id: page.id, slug: page.slug, title: page.title, opening: words.opening, createdAt: page.createdAt, editedAt: page.editedAt, editor: people.get(page.lastEditorId ?? page.createdById) ?? null, wiki: page.wiki, parents: frame.crumbs, talk: talk?.topic }),
    may: { edit: canEditPage(viewer, page).allowed, care: canCareFor(viewer, page).allowed, moderate: canModerate(viewer, page).allowed, remove: canRemovePage(viewer, page).allowed, review: canReview(viewer, page).allowed && page.revision > page.publishedRevision },
  };
});

async function readPeople(ids: (number | null)[]) {
  const wanted = ids.filter((id): id is number => id !== null);
  const rows = await Promise.all([...new Set(wanted)].map((id) => db.select({ id: members.id, username: members.username, name: members.name }).from(members).where(eq(members.id, id))));
  return new Map(rows.flat().map((row) => [row.id, { username: row.username, name: row.name }]));
}

/** A comment. */
export const action = defineAction({ params: pageParams, input: createReplyInput }, async ({ viewer, params: { pageId }, input }) => {
  const author = requireMember(viewer);
  await limitRate("reply", author.id, { points: 30, perSeconds: 60 });
  const page = await accessPage(db, author, pageId);
  if (page.publishedRevision === 0 || page.removedAt) throw new ForbiddenError("wikis.noTalkYet");
  const { number } = await createComment(author, { pageId }, talkOf(page), input);
  return redirect(commentPath(pathOf(page), number));
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches, data?.description || undefined);

export default function WikiPageRoute() {
  const data = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const { talk, talkFollow, page } = data;
  return (
    <>
      <SeenMark pageId={page.id} />
      <PageView key={page.id} data={data}>
        {talk && <div className="mt-12 border-t border-line pt-8" data-print="no"><TalkSection key={page.id} talk={talk} problem={problem} follow={talkFollow && talk.topic && <FollowControl path={topicPath(talk.topic)} of="topic" level={talkFollow} />} /></div>}
      </PageView>
    </>
  );
}
