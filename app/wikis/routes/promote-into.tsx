import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readDraftForForm } from "#app/core/drafts.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { cameWithForm, defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { requireMember, type Member } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { PageForm } from "../components/page-form.tsx";
import { SourceFields } from "../components/source-fields.tsx";
import { promoteInput, wikiParams } from "../inputs.ts";
import en from "../messages/en.json";
import { pagePath, promoteIntoPath } from "../paths.ts";
import { canEdit, isStaffOf } from "../policy.ts";
import { createPage } from "../save-page.ts";
import { accessSource, listWiderThan, sourceText, type SourceRef } from "../sources.ts";
import { listTree } from "../tree.ts";
import { accessWiki } from "../wikis.ts";
import { RETURNS_UP_TO } from "./new-page.tsx";

const MAX_TITLE = 200;
const asked = z.object({ topic: idParam, post: idParam.optional().catch(undefined), draft: idParam.optional().catch(undefined), fresh: z.string().optional() });

/** The form that makes a page of what was said: with its words, which can be reworked, and who gets the credit. */
export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params, request }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  const member = requireMember(viewer);
  const search = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!search.success) throw new NotFoundError("source");
  const { topic, post = null, draft, fresh } = search.data;
  // Behind a form that was refused, what was typed must stay, even when its source has gone meanwhile.
  const source = await accessSource(db, member, { topicId: topic, postNumber: post }).catch((error: unknown) => {
    if (error instanceof NotFoundError && cameWithForm(request)) return null;
    throw error;
  });
  enforce(canEdit(member, wiki));
  const [tree, kept] = await Promise.all([listTree(db, member, wiki.id), source && readDraftForForm(member, source.draftKey, { chosenId: draft, fresh: fresh !== undefined })]);
  const wider = source ? await listWiderThan(db, source, [wiki.categoryId, ...tree.map(({ categoryId }) => categoryId)]) : new Set<number>();
  return {
    place: { divisionId: wiki.divisionId, categoryId: wiki.categoryId }, title: translate(viewer.locale, "wikis.promoteTitle"), wiki: { slug: wiki.slug, name: wiki.name },
    path: promoteIntoPath(wiki.slug, source ?? { topicId: topic, postNumber: post }),
    source: source && shownSource(member, source),
    /** Whether all of the wiki is read by more people than what it is made from, or a part of it. */
    readers: wider.has(wiki.categoryId) ? ("more" as const) : wider.size > 0 ? ("more-in-parts" as const) : ("same" as const),
    parents: tree.map(({ id, title, depth }) => ({ id, title, depth })), draft: kept?.draft ?? null, others: kept?.others ?? [],
    maySeeAtOnce: !wiki.needsReview || isStaffOf(viewer, wiki.divisionId), key: randomUUID(),
  };
});

function shownSource(member: Member, source: Awaited<ReturnType<typeof accessSource>>) {
  const { topicId, postNumber, title, path, draftKey, said } = source;
  return { topicId, postNumber, title, path, draftKey, authors: [...new Set(said.map(({ author }) => author.name))], text: documentToMarkdown(sourceText(member, source)) };
}

export const action = defineAction({ params: wikiParams, input: promoteInput, returnsUpTo: RETURNS_UP_TO }, async ({ viewer, params, input: { topicId, postNumber, knowsReaders, ...input } }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  const author = requireMember(viewer);
  await limitRate("page", author.id, { points: 60, perSeconds: 600 });
  const ref: SourceRef = { topicId, postNumber };
  const page = await createPage(author, wiki.id, { ...input, knowsReaders }, { ...ref, knowsReaders });
  return redirect(pagePath({ wiki: page.wikiSlug, ...page }));
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function PromoteInto() {
  const t = useT("wikis", en);
  const { wiki, path, source, readers, parents, draft, others, maySeeAtOnce, key } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const back = source?.path ?? `/w/${wiki.slug}`;
  return (
    <Page>
      <PageHeader title={t("promoteTitle")} lead={t("inWiki", { name: wiki.name })} place={source && <Link to={back} className="hover:text-ink hover:underline">← {source.title}</Link>} />
      <PageForm
        key={path} action={path} back={back} wiki={wiki.slug} draftKey={source?.draftKey ?? ""} draft={draft} others={others} draftFields={{ wiki: wiki.slug }}
        title={source?.title.slice(0, MAX_TITLE) ?? ""} source={source?.text ?? ""} parents={parents} formKey={key} maySeeAtOnce={maySeeAtOnce} problem={problem}
      >
        <SourceFields source={source} readers={readers} wiki={wiki.name} problem={problem} />
      </PageForm>
    </Page>
  );
}
