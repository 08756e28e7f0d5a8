import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readDraftForForm } from "#app/core/drafts.ts";
import { cameWithForm, defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { PageForm } from "../components/page-form.tsx";
import { newPageInput, wikiParams } from "../inputs.ts";
import en from "../messages/en.json";
import { accessPage, readWords } from "../pages.ts";
import { newPagePath, pagePath, wikiPath } from "../paths.ts";
import { canEdit, isStaffOf } from "../policy.ts";
import { createPage } from "../save-page.ts";
import { listTemplates, listTree } from "../tree.ts";
import { accessWiki, accessWikiById } from "../wikis.ts";

/** The most a text may weigh that comes back with its refusal. */
export const RETURNS_UP_TO = 4 * 1024 * 1024;

const asked = z.object({
  wiki: idParam.optional().catch(undefined),
  parent: idParam.optional().catch(undefined),
  from: idParam.optional().catch(undefined),
  draft: idParam.optional().catch(undefined),
  fresh: z.string().optional(),
  title: z.string().trim().max(200).optional().catch(undefined),
});

export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params, request }) => {
  const search = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  // Links to pages that are wished for know their wiki by its id.
  if (params.wiki === "-" && search.wiki) throw redirect(newPagePath((await accessWikiById(db, viewer, search.wiki)).slug, { title: search.title }));
  const wiki = await accessWiki(db, viewer, params.wiki);
  const member = requireMember(viewer);
  if (wiki.slug !== params.wiki && !cameWithForm(request)) throw redirect(newPagePath(wiki.slug) + new URL(request.url).search, 301);
  // A draft of another page must not take the place of what was asked for.
  const isOther = !search.draft && Boolean(search.title || search.from);
  const [tree, templates, kept, from] = await Promise.all([
    listTree(db, member, wiki.id), listTemplates(db, member, wiki.id), readDraftForForm(member, `page-new:${wiki.id}`, { chosenId: search.draft, fresh: search.fresh !== undefined || isOther }), search.from ? accessPage(db, member, search.from) : null,
  ]);
  const taken = search.title ? tree.find(({ title }) => title.toLowerCase() === search.title!.toLowerCase()) : undefined;
  if (taken && !cameWithForm(request)) throw redirect(pagePath({ wiki: wiki.slug, ...taken }));
  const parent = search.parent ? await accessPage(db, member, search.parent) : null;
  enforce(canEdit(member, parent ?? wiki));
  return {
    place: { divisionId: wiki.divisionId, categoryId: wiki.categoryId }, title: translate(viewer.locale, "wikis.newPage"), wiki: { id: wiki.id, slug: wiki.slug, name: wiki.name },
    templates, parents: tree.map(({ id, title, depth }) => ({ id, title, depth })), parentId: parent?.id ?? null, asked: search.title ?? "",
    ...kept,
    from: from && { id: from.id, source: documentToMarkdown((await readWords(db, from.id)).body) },
    maySeeAtOnce: !wiki.needsReview || isStaffOf(viewer, wiki.divisionId), key: randomUUID(),
  };
});

export const action = defineAction({ params: wikiParams, input: newPageInput, returnsUpTo: RETURNS_UP_TO }, async ({ viewer, params, input }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  const author = requireMember(viewer);
  await limitRate("page", author.id, { points: 60, perSeconds: 600 });
  const page = await createPage(author, wiki.id, input);
  return redirect(pagePath({ wiki: page.wikiSlug, ...page }));
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function NewPage() {
  const t = useT("wikis", en);
  const { wiki, templates, parents, parentId, draft, others, from, maySeeAtOnce, key, asked: title } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const path = newPagePath(wiki.slug);
  return (
    <Page>
      <PageHeader title={t("newPage")} lead={t("inWiki", { name: wiki.name })} />
      {templates.length > 0 && !from && (
        <div className="mb-6 flex flex-wrap items-center gap-2 text-sm">
          <span className="text-ink-soft">{t("beginWith")}</span>
          {templates.map((template) => <ButtonLink key={template.id} to={`${path}?from=${template.id}${parentId ? `&parent=${parentId}` : ""}`} size="small">{template.title}</ButtonLink>)}
        </div>
      )}
      <PageForm
        key={`${from?.id ?? 0}-${title}`} action={path} back={wikiPath(wiki.slug)} wiki={wiki.slug} draftKey={`page-new:${wiki.id}`} draft={draft} others={others}
        title={title} source={from?.source ?? ""} parents={parents} parentId={parentId} fromId={from?.id ?? null} formKey={key} maySeeAtOnce={maySeeAtOnce} problem={problem}
      />
    </Page>
  );
}
