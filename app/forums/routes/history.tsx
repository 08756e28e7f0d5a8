import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ForbiddenError, NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { isModeratorOf, requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { AskReaders } from "#app/ui/ask-readers.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { db } from "#db/client.ts";
import { DiffView } from "../components/diff-view.tsx";
import { ErasedWords } from "../components/gone-post.tsx";
import { EditList } from "../components/edit-list.tsx";
import { editPost, stampOf } from "../edit-post.ts";
import { postParams, restoreRevisionInput } from "../inputs.ts";
import { accessPost } from "../lock-topic.ts";
import en from "../components/words.ts";
import { topicPath } from "../paths.ts";
import { canEditPost, canPurgeVersion } from "../policy.ts";
import { listEdits, readRevision } from "../revisions.ts";
import { diffTexts } from "#app/core/text-diff.ts";
import { accessTopic } from "../topics.ts";

const asked = z.object({
  to: z.coerce.number().int().min(2).max(2 ** 31 - 1).optional().catch(undefined),
  before: z.coerce.number().int().min(2).max(2 ** 31 - 1).optional().catch(undefined),
  as: z.enum(["text", "source"]).catch("text"),
});

export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber }, request }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const post = await accessPost(db, viewer, topic, postNumber);
  // What was removed is told by no history either, but to those who keep order.
  if (post.removedAt && !post.purgedAt && !isModeratorOf(viewer, topic.divisionId)) throw new NotFoundError("post");
  const { to = post.revision, before, as } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const titleNow = postNumber === 1 ? topic.title : null;
  const shown = post.revision > 1 && !post.purgedAt ? await Promise.all([readRevision(db, post, to - 1, titleNow), readRevision(db, post, to, titleNow)]) : null;
  const words = ({ body, bodyText }: NonNullable<typeof shown>[number]) => (as === "source" ? documentToMarkdown(body) : bodyText);
  const erased = post.purgedAt ? { at: post.purgedAt, reason: post.removedReason } : (shown?.find((version) => version.erased)?.erased ?? null);
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: translate(viewer.locale, "forums.historyTitle", { number: postNumber }),
    topicTitle: topic.title,
    path: topicPath(topic, postNumber),
    number: postNumber,
    revision: post.revision,
    to,
    as,
    edits: await listEdits(db, post.id, { before }),
    /** Of the post, or of one of the two versions: then there is nothing to compare. */
    erased,
    isErasable: shown !== null && !shown[0].erased && canPurgeVersion(viewer, topic).allowed,
    isRestorable: shown !== null && !shown[0].erased,
    blocks: shown && !erased && diffTexts(words(shown[0]), words(shown[1])),
    titles: shown && !erased && shown[0].title !== null && shown[0].title !== shown[1].title ? diffTexts(shown[0].title, shown[1].title ?? "") : null,
    stamp: canEditPost(viewer, topic, post).allowed ? stampOf(post) : null,
  };
});

/** Restores an old version, as a new one. */
export const action = defineAction({ params: postParams, input: restoreRevisionInput }, async ({ viewer, params, input: { revision, stamp, knowsReaders } }) => {
  const member = requireMember(viewer);
  const topic = await accessTopic(db, member, params.topicId);
  const post = await accessPost(db, member, topic, params.postNumber);
  const { body, erased } = await readRevision(db, post, revision, null);
  if (erased) throw new ForbiddenError("forums.erasedForGood");
  await editPost(member, params, { body, stamp, knowsReaders, reason: translate(member.locale, "forums.restoreVersionReason", { number: revision }) });
  return redirect(`${topicPath(topic, params.postNumber)}/history`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export const shouldRevalidate = staysWhenSignedOut;

export default function HistoryPage() {
  const { number, topicTitle, path, revision, to, as, edits, blocks, titles, stamp, erased, isErasable, isRestorable } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("forums", en);
  const address = `${path}/history`;
  return (
    <Page>
      <PageHeader title={t("historyTitle", { number })} lead={t("historyLead", { title: topicTitle })} place={<Link to={path} className="hover:underline">{t("backToPost")}</Link>} />
      <AskReaders problem={problem} className="mb-4" />
      {problem && !problem.fields.knowsReaders && <Notice tone="warning" className="mb-4">{problem.status === 409 ? t("changedMeanwhile") : problem.message}</Notice>}
      {erased && !edits.length ? <p className="flex gap-2 text-ink-soft"><Icon name="eraser" size={18} className="mt-0.5" /><ErasedWords {...erased} t={t} /></p> : !blocks && !erased ? <p className="text-ink-soft">{t("noHistory")}</p> : (
        <div className="grid gap-8 wide:grid-cols-[minmax(0,1fr)_240px]">
          <section aria-label={t("comparing", { from: to - 1, to })}>
            <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
              <h2 className="font-semibold">{t("comparing", { from: to - 1, to })}</h2>
              <div className="flex shrink-0 flex-wrap gap-2">
                {stamp && to > 1 && isRestorable && (
                  <Form method="post">
                    <input type="hidden" name="stamp" value={stamp} />
                    <input type="hidden" name="revision" value={to - 1} />
                    <Button size="small">{t("restoreVersion", { number: to - 1 })}</Button>
                  </Form>
                )}
                {isErasable && <Link to={`${address}/${to - 1}/purge`} className={buttonClass("quiet", "small", "text-danger")}><Icon name="eraser" size={16} />{t("purgeVersionNow", { number: to - 1 })}</Link>}
              </div>
            </div>
            <TabLinks label={t("comparing", { from: to - 1, to })} className="mb-4" items={[
              { to: `${address}?to=${to}`, label: t("asText"), current: as === "text" },
              { to: `${address}?to=${to}&as=source`, label: t("asSource"), current: as === "source" },
            ]} />
            {titles && <div className="mb-4"><h3 className="mb-1 text-sm font-semibold text-ink-soft">{t("titleWas")}</h3><DiffView blocks={titles} t={t} /></div>}
            {blocks
              ? <DiffView blocks={blocks} mono={as === "source"} t={t} />
              : erased && <p className="flex gap-2 rounded-md border border-line bg-sunken p-4 text-ink-soft"><Icon name="eraser" size={18} className="mt-0.5" /><ErasedWords {...erased} t={t} /></p>}
          </section>
          <EditList edits={edits} revision={revision} shown={to} as={as} address={address} t={t} />
        </div>
      )}
    </Page>
  );
}
