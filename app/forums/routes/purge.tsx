import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { evidence } from "#app/insights/erase-evidence.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { purgeInput, purgeParams } from "../inputs.ts";
import { accessPost } from "../lock-topic.ts";
import { eachOnce, listPagesMadeOf } from "../made-of.ts";
import en from "../components/words.ts";
import { topicPath } from "../paths.ts";
import { canModerate, canPurgePost, canPurgeTopic } from "../policy.ts";
import { purge, rehearsePurge } from "../purge/purge.ts";
import { readRevision } from "../revisions.ts";
import { homeOfPost } from "../talk-subject.ts";
import { accessTopic } from "../topics.ts";

/** What is asked about: a whole topic, its opening post with the title, another post, a version. */
export const loader = defineLoader({ params: purgeParams }, async ({ viewer, params: target }) => {
  const { topicId, postNumber, version } = target;
  const topic = await accessTopic(db, viewer, topicId);
  const member = requireMember(viewer);
  enforce(canModerate(member, topic));
  const post = postNumber === undefined ? null : await accessPost(db, member, topic, postNumber);
  if (version === undefined) enforce(post ? canPurgePost(member, topic, post) : canPurgeTopic(member, topic));
  const what = version !== undefined ? "Version" as const : !post ? "Topic" as const : post.number === 1 ? "Opening" as const : "Post" as const;
  const made = what === "Version" ? [] : await listPagesMadeOf(db, member, topicId);
  const path = topicPath(topic, postNumber);
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    what, path,
    text: version !== undefined ? (await readRevision(db, post!, version, null)).bodyText : (post?.bodyText ?? topic.title),
    title: translate(viewer.locale, `forums.purge${what}Title`, { number: postNumber ?? 0, version: version ?? 0 }),
    erased: await rehearsePurge(member, target, evidence),
    pages: eachOnce(made.filter(({ postId }) => !post || postId === post.id || (post.number === 1 && postId === null))),
    home: what === "Version" ? `${path}/history` : post ? await homeOfPost(db, topic, post.number) : path,
    topicPath: topicPath(topic),
    isTopicRemoved: topic.removedAt !== null,
  };
});

export const action = defineAction({ params: purgeParams, input: purgeInput }, async ({ viewer, params: target, input }) => {
  const { topic } = await purge(requireMember(viewer), target, input.reason, evidence);
  const { postNumber, version } = target;
  if (postNumber === undefined) return redirect(topicPath(topic));
  return redirect(version === undefined ? await homeOfPost(db, topic, postNumber) : `${topicPath(topic, postNumber)}/history`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export const shouldRevalidate = staysWhenSignedOut;

export default function PurgePage() {
  const { what, title, text, erased, pages, home, topicPath: path, isTopicRemoved } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("forums", en);
  const counts = (Object.keys(erased) as (keyof typeof erased)[]).filter((name) => erased[name] > 0);
  return (
    <Page>
      <PageHeader title={title} lead={t(`purge${what}Lead`)} />
      {problem && !problem.fields.reason && <Notice tone="danger" className="mb-4">{Object.values(problem.fields).flat()[0] ?? problem.message}</Notice>}
      {counts.length === 0 ? <Notice className="mb-4"><p>{t("purgedAlready")}</p><p><Link to={home} className="font-medium underline underline-offset-2">{t("backToPost")}</Link></p></Notice> : (
        <>
          {text && <p className="mb-6 max-h-48 overflow-y-auto rounded-md border border-line p-4 whitespace-pre-line">{text}</p>}
          <div className="mb-6 grid gap-6 sm:grid-cols-2">
            <section>
              <h2 className="mb-2 font-semibold">{t("purgeWillErase")}</h2>
              <ul className="space-y-1.5 text-sm">
                {counts.map((name) => <Line key={name} icon="eraser" tone="text-danger">{t(`purgeCount.${name}`, { count: erased[name] })}</Line>)}
                <Line icon="eraser" tone="text-danger">{t("purgeAlways")}</Line>
              </ul>
            </section>
            <section>
              <h2 className="mb-2 font-semibold">{t("purgeWillStay")}</h2>
              <ul className="space-y-1.5 text-sm text-ink-soft">
                <Line icon="check">{t(what === "Version" ? "purgeStaysVersion" : "purgeStaysNumber")}</Line>
                {what !== "Topic" && <Line icon="check">{t("purgeStaysAnswers")}</Line>}
                {pages.length > 0 && (
                  <Line icon="book-open">
                    {t("purgeStaysPages")}
                    {pages.map((page) => <Link key={page.path} to={page.path} className="block font-medium text-ink underline underline-offset-2">{page.title} ({page.wiki})</Link>)}
                  </Line>
                )}
                <Line icon="check">{t("purgeStaysOutside")}</Line>
              </ul>
            </section>
          </div>
          <Form method="post" className="space-y-4">
            <Field name="reason" label={t("purgeReason")} hint={t("purgeReasonHint")} required maxLength={300} defaultValue={problem?.values.reason} errors={problem?.fields.reason} />
            <div className="flex flex-wrap gap-2"><Button look="danger">{t("purgeNow")}</Button><Link to={home} className={buttonClass("quiet")}>{t("cancel")}</Link></div>
          </Form>
          {what === "Topic" && <p className="mt-6 text-sm"><Link to={`${path}/1/purge`} className="font-medium underline underline-offset-2">{t("purgeOpeningOnly")}</Link></p>}
          {what === "Opening" && isTopicRemoved && <p className="mt-6 text-sm"><Link to={`${path}/purge`} className="font-medium underline underline-offset-2">{t("purgeWholeTopic")}</Link></p>}
        </>
      )}
    </Page>
  );
}

function Line({ icon, tone, children }: { icon: "eraser" | "check" | "book-open"; tone?: string; children: ReactNode }) {
  return <li className="flex items-start gap-2"><Icon name={icon} size={16} className={`mt-0.5 shrink-0 ${tone ?? ""}`} /><span className="min-w-0">{children}</span></li>;
}
