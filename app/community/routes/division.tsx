import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { listArticles } from "#app/blogs/article-lists.ts";
import { NewestArticles } from "#app/blogs/components/newest-articles.tsx";
import { mayStartTopics } from "#app/forums/category-tree.ts";
import { TopicListPage } from "#app/forums/components/topic-list-page.tsx";
import { readListPage, sortIn } from "#app/forums/list-page.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, RailSection } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { CategoryTree } from "../components/category-tree.tsx";
import { JoinButton } from "../components/join-button.tsx";
import { countJoined, isJoinedBy } from "../membership.ts";
import { accessDivision, listCategories } from "../divisions.ts";
import { divisionParams } from "../inputs.ts";
import en from "../messages/en.json";
import { divisionPath } from "../paths.ts";

export const loader = defineLoader({ params: divisionParams }, async ({ viewer, params, request }) => {
  const { id, slug, name, tagline, description, accent, menu } = await accessDivision(db, viewer, params.division);
  const [page, categories, joinedCount, isJoined, mayStart, articles] = await Promise.all([
    readListPage(viewer, request, { sort: sortIn(request, viewer), divisionId: id }),
    listCategories(db, viewer, id), countJoined(db, id), isJoinedBy(db, viewer, id), mayStartTopics(db, viewer), listArticles(db, viewer, { divisionId: id }, { limit: 4 }),
  ]);
  return {
    ...page, title: name, place: { divisionId: id }, division: { id, slug, name, tagline, description, accent, menu }, joinedCount, isJoined, mayStart, articles: articles.items,
    found: { feeds: [{ path: divisionPath({ slug }), title: name }], card: { kind: "website", title: name, description: tagline } } satisfies Found,
    categories: categories.map(({ id, parentId, slug, name, description, colour, icon, topicCount }) => ({ id, parentId, slug, name, description, colour, icon, topicCount })),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches, data?.division.tagline);

export default function DivisionPage() {
  const t = useT("community", en);
  const { division, categories, joinedCount, isJoined, mayStart, articles, ...page } = useLoaderData<typeof loader>();
  const newTopicHref = mayStart ? `/new-topic?division=${division.slug}` : null;
  const topicCount = categories.reduce((sum, category) => sum + category.topicCount, 0);
  return (
    <Page
      aside={
        <>
          {division.description && <RailSection title={t("aboutDivision", { name: division.name })}><p className="whitespace-pre-line text-ink-soft">{division.description}</p></RailSection>}
          <NewestArticles articles={articles} more="/blogs" showBlog />
          <RailSection title={t("inNumbers")}>
            <p className="text-ink-soft tabular">{t("topicCount", { count: topicCount })}<br />{t("joinedCount", { count: joinedCount })}</p>
          </RailSection>
          {division.menu.length > 0 && (
            <RailSection title={t("menu")}>
              <ul className="space-y-1">
                {division.menu.map(({ label, href }) => (
                  <li key={href}>{href.startsWith("/") ? <Link to={href} className="text-accent-strong hover:underline">{label}</Link> : <a href={href} rel="noopener" className="inline-flex items-center gap-1 text-accent-strong hover:underline">{label}<Icon name="external-link" size={14} /></a>}</li>
                ))}
              </ul>
            </RailSection>
          )}
          <RailSection title={t("elsewhere")}><Link to="/divisions" className="text-accent-strong hover:underline">{t("toWholeCommunity")}</Link></RailSection>
        </>
      }
    >
      <header className="mb-8 border-t-4 border-accent pt-5">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="min-w-0 flex-1 basis-72">
            <h1 className="text-3xl font-semibold tracking-tight text-balance">{division.name}</h1>
            {division.tagline && <p className="mt-1 text-lg text-ink-soft text-pretty">{division.tagline}</p>}
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <JoinButton slug={division.slug} name={division.name} isJoined={isJoined} />
            {newTopicHref && <ButtonLink to={newTopicHref} look="primary" size="small"><Icon name="square-pen" size={16} />{t("newTopic")}</ButtonLink>}
          </div>
        </div>
      </header>
      <CategoryTree categories={categories} accent={division.accent} />
      <TopicListPage room={`division:${division.id}`} page={page} base={divisionPath(division)} placeFields={{ divisionId: division.id }} showCategory newTopicHref={newTopicHref} />
    </Page>
  );
}
