import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { fullDate } from "#app/ui/time.tsx";
import { NotFoundError } from "#app/core/errors.ts";
import { db } from "#db/client.ts";
import { PageSources } from "../components/page-sources.tsx";
import { pageParams } from "../inputs.ts";
import en from "../messages/en.json";
import { pageAt } from "../page-at.ts";
import { readWords } from "../pages.ts";
import { pathOf } from "../paths.ts";
import { listSources } from "../sources.ts";

/** The page alone, as it goes onto paper: the stylesheet takes the frame away where this stands. */
export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request }) => {
  const page = await pageAt(viewer, params, request);
  if (page.publishedRevision === 0) throw new NotFoundError("page");
  return { title: page.title, sources: await listSources(db, viewer, page.id), wiki: page.wiki.name, path: pathOf(page), editedAt: page.editedAt, html: (await readWords(db, page.id)).bodyHtml };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export default function Print() {
  const t = useT("wikis", en);
  const { locale, timeZone } = useLanguage();
  const { title, sources, wiki, path, editedAt, html } = useLoaderData<typeof loader>();
  return (
    <main id="content" tabIndex={-1} className="print-page outline-none">
      <p className="print-back"><Link to={path}>← {t("backToPage")}</Link></p>
      <header className="mb-6"><p className="text-sm text-ink-soft">{wiki}</p><h1 className="text-3xl font-semibold tracking-tight">{title}</h1><p className="mt-1 text-sm text-ink-soft"><time dateTime={editedAt.toISOString()} suppressHydrationWarning>{fullDate(editedAt, locale, timeZone)}</time></p></header>
      <article className="prose" dangerouslySetInnerHTML={{ __html: html }} />
      {sources.length > 0 && <PageSources sources={sources} />}
    </main>
  );
}
