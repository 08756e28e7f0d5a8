import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listArticles } from "#app/blogs/article-lists.ts";
import { NewestArticles } from "#app/blogs/components/newest-articles.tsx";
import { listDivisionLinks } from "#app/community/divisions.ts";
import { readSite } from "#app/community/site.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { mayStartTopics } from "#app/forums/category-tree.ts";
import { TopicListPage } from "#app/forums/components/topic-list-page.tsx";
import { readListPage } from "#app/forums/list-page.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, RailSection } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import en from "../components/words.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const [page, site, divisions, mayStart, articles] = await Promise.all([readListPage(viewer, request, { sort: "latest" }), readSite(db), listDivisionLinks(db, viewer), mayStartTopics(db, viewer), listArticles(db, viewer, {}, { limit: 4 })]);
  const found: Found = { feeds: [{ path: "/latest", title: translate(viewer.locale, "outside.newTopics") }], card: { kind: "website", title: site.tagline || site.name, description: site.welcome || site.tagline } };
  return { ...page, found, own: site, mayStart, articles: articles.items, divisions };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.own.tagline || undefined, matches, data?.own.welcome || data?.own.tagline);

/** What the community is for those who are new to it, and what is going on for those who are not. */
export default function HomePage() {
  const { own, divisions, articles, mayStart, ...page } = useLoaderData<typeof loader>();
  const t = useT("discovery", en);
  return (
    <Page
      asideOf={{ divisions, articles }}
      aside={
        <>
          <NewestArticles articles={articles} more="/blogs" showBlog />
          {divisions.length > 0 && <RailSection title={t("homeDivisions")}>
            <ul className="-mx-2">
              {divisions.map(({ id, slug, name, accent, tagline, topicCount }) => (
                <li key={id}>
                  <Link to={`/d/${slug}`} className="flex gap-3 rounded-md px-2 py-2 hover:bg-sunken">
                    <span aria-hidden="true" className="mt-1 h-8 w-1 shrink-0 rounded-full" style={{ backgroundColor: accent }} />
                    <span className="min-w-0"><span className="block font-semibold">{name}</span><span className="block text-xs text-ink-soft">{tagline || t("homeTopics", { count: topicCount })}</span></span>
                  </Link>
                </li>
              ))}
            </ul>
          </RailSection>}
        </>
      }
    >
      <header className={page.isMember ? "mb-5" : "mb-8"}>
        <h1 className={page.isMember ? "text-2xl font-semibold tracking-tight" : "max-w-[24ch] text-3xl font-semibold tracking-tight text-balance"}>{page.isMember ? t("homeMember") : own.tagline || t("homeGuest", { name: own.name })}</h1>
        {!page.isMember && (
          <>
            {own.welcome && <p className="mt-3 max-w-[62ch] text-ink-soft whitespace-pre-line">{own.welcome}</p>}
            <p className="mt-5 flex flex-wrap gap-2"><ButtonLink to="/sign-up" look="primary">{t("homeJoin")}</ButtonLink><ButtonLink to="/top">{t("homeLook")}</ButtonLink></p>
          </>
        )}
      </header>
      <TopicListPage page={page} showCategory newTopicHref={mayStart ? "/new-topic" : null} />
    </Page>
  );
}
