import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { eq } from "drizzle-orm";
import { defineLoader } from "#app/core/http.ts";
import { describePage } from "#app/outside/describe-knowledge.ts";
import { SeenMark } from "#app/notifications/components/seen-mark.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { topics } from "#db/schema/forums.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { PageView } from "../components/page-view.tsx";
import { readFollow } from "../follow-page.ts";
import { pageParams } from "../inputs.ts";
import { listBacklinks } from "../loose-ends.ts";
import { outlined } from "../outline.ts";
import { pageAt } from "../page-at.ts";
import { readFrame } from "../page-frame.ts";
import { readLatest, readWords } from "../pages.ts";
import { pathOf } from "../paths.ts";
import { canCareFor, canEditPage, canModerate, canRemovePage, canReview } from "../policy.ts";

const BACKLINKS_SHOWN = 8;

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request, context }) => {
  const page = await pageAt(viewer, params, request);
  const isDraft = page.publishedRevision === 0;
  const [frame, html, backlinks, follow, people, [talk]] = await Promise.all([
    readFrame(viewer, page),
    isDraft ? readLatest(db, page).then(({ body }) => renderedBody(body).bodyHtml) : readWords(db, page.id).then(({ bodyHtml }) => bodyHtml),
    listBacklinks(db, viewer, page.id, { limit: BACKLINKS_SHOWN + 1 }),
    readFollow(db, viewer, page.id),
    readPeople([page.lastEditorId, page.ownerId, page.verifiedById]),
    db.select({ id: topics.id, slug: topics.slug, count: topics.postCount }).from(topics).where(eq(topics.pageId, page.id)),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  return {
    title: page.title, place: { divisionId: page.divisionId, categoryId: page.categoryId }, ...frame, ...outlined(html),
    page: { id: page.id, slug: page.slug, title: page.title, revision: page.revision, publishedRevision: page.publishedRevision, editedAt: page.editedAt, removedAt: page.removedAt, removedReason: page.removedReason, isTemplate: page.isTemplate, reviewAskedAt: page.reviewAskedAt, reviewNote: page.reviewNote },
    lastEditor: people.get(page.lastEditorId ?? 0) ?? null, owner: people.get(page.ownerId ?? 0) ?? null,
    verified: page.verifiedUntil ? { until: page.verifiedUntil, isOverdue: page.verifiedUntil < today, by: people.get(page.verifiedById ?? 0)?.name ?? null } : null,
    backlinks: backlinks.slice(0, BACKLINKS_SHOWN), hasMoreBacklinks: backlinks.length > BACKLINKS_SHOWN,
    talk: talk ? { path: `/t/${talk.slug}/${talk.id}`, count: Math.max(0, talk.count - 1) } : null,
    follow, path: pathOf(page),
    // A draft is told of to nobody.
    found: isDraft || page.removedAt ? undefined : describePage(viewer, context, { id: page.id, slug: page.slug, title: page.title, wiki: page.wiki, parents: frame.crumbs }),
    may: { edit: canEditPage(viewer, page).allowed, care: canCareFor(viewer, page).allowed, moderate: canModerate(viewer, page).allowed, remove: canRemovePage(viewer, page).allowed, review: canReview(viewer, page).allowed && page.revision > page.publishedRevision },
  };
});

async function readPeople(ids: (number | null)[]) {
  const wanted = ids.filter((id): id is number => id !== null);
  const rows = await Promise.all([...new Set(wanted)].map((id) => db.select({ id: members.id, username: members.username, name: members.name }).from(members).where(eq(members.id, id))));
  return new Map(rows.flat().map((row) => [row.id, { username: row.username, name: row.name }]));
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function WikiPageRoute() {
  const data = useLoaderData<typeof loader>();
  return <><SeenMark pageId={data.page.id} /><PageView key={data.page.id} data={data} /></>;
}
