import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { readDraft } from "#app/core/drafts.ts";
import { ForbiddenError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { topicParams } from "#app/forums/inputs.ts";
import { eachOnce, listPagesMadeOf } from "#app/forums/made-of.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import en from "../messages/en.json";
import { promoteIntoPath } from "../paths.ts";
import { canEdit } from "../policy.ts";
import { accessSource, listWiderThan } from "../sources.ts";
import { listWritableWikis } from "../wikis.ts";

const asked = z.object({ draft: idParam.optional().catch(undefined) });

/** Into which wiki what was said shall go. Where there is one only, or a text was begun already, straight to its form. */
export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { topicId, postNumber = null }, request }) => {
  const member = requireMember(viewer);
  const source = await accessSource(db, member, { topicId, postNumber });
  const { draft } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [wikis, made, kept] = await Promise.all([listWritableWikis(db, member), listPagesMadeOf(db, member, topicId), readDraft(member, source.draftKey, draft)]);
  if (wikis.length === 0) throw new ForbiddenError("wikis.nowhereToWrite");
  enforce(canEdit(member, { level: "create", divisionId: wikis[0]!.divisionId }));
  const begun = kept.current && wikis.find(({ slug }) => slug === kept.current!.fields.wiki);
  if (begun) throw redirect(promoteIntoPath(begun.slug, source) + (draft ? `&draft=${draft}` : ""));
  const present = eachOnce(made.filter(({ postId }) => source.postNumber === null || postId === source.said[0]!.postId));
  if (wikis.length === 1 && present.length === 0) throw redirect(promoteIntoPath(wikis[0]!.slug, source));
  const wider = await listWiderThan(db, source, wikis.map(({ categoryId }) => categoryId));
  return {
    title: translate(viewer.locale, "wikis.promoteTitle"), source: { title: source.title, path: source.path, authors: namesOf(source.said) }, present,
    wikis: wikis.map(({ slug, name, description, division, categoryId }) => ({ name, description, division, isWider: wider.has(categoryId), href: promoteIntoPath(slug, source) })),
  };
});

function namesOf(said: { author: { name: string } }[]): string[] {
  return [...new Set(said.map(({ author }) => author.name))];
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function Promote() {
  const t = useT("wikis", en);
  const { title, source, present, wikis } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title={title} lead={t("promoteLead", { names: source.authors.join(", ") })} place={<Link to={source.path} className="hover:text-ink hover:underline">← {source.title}</Link>} />
      {present.length > 0 && (
        <Notice title={t("promotedAlready")} className="mb-6">
          <ul>{present.map((page) => <li key={page.path}><Link to={page.path} className="font-medium underline underline-offset-2">{page.title}</Link> ({page.wiki})</li>)}</ul>
        </Notice>
      )}
      <h2 className="mb-3 text-lg font-semibold">{t("promoteInto")}</h2>
      <ul className="divide-y divide-line border-y border-line">
        {wikis.map(({ name, description, division, isWider, href }) => (
          <li key={href}>
            <Link to={href} className="group flex items-center gap-3 py-3 hover:bg-sunken">
              <Icon name="book-open" size={20} className="text-ink-soft" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium group-hover:underline">{name}</span>
                <span className="block text-sm text-ink-soft">{division}{description && ` · ${description}`}</span>
                {isWider && <span className="mt-0.5 flex items-center gap-1.5 text-sm text-warning"><Icon name="eye" size={15} />{t("readByMore")}</span>}
              </span>
              <Icon name="chevron-right" size={18} className="text-ink-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
