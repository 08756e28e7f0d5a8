import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader, refusalOf } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { describePlaces, type Crumb } from "#app/outside/structured.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { divisionPath } from "#app/community/paths.ts";
import { FollowControl } from "#app/notifications/components/follow-control.tsx";
import { readCategoryLevel } from "#app/notifications/follow.ts";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { accessCategory } from "../categories.ts";
import { readSurroundings } from "../category-tree.ts";
import { CategoryFacts } from "../components/category-facts.tsx";
import { Subcategories } from "../components/subcategories.tsx";
import { TopicListPage } from "../components/topic-list-page.tsx";
import { readListPage, sortIn } from "../list-page.ts";
import en from "../components/words.ts";
import { categoryPath, newTopicPath } from "../paths.ts";
import { canCreateTopic } from "../policy.ts";
import { readKnowledgePath } from "../talk-subject.ts";

export const loader = defineLoader({ params: z.object({ slug: z.string(), categoryId: idParam }) }, async ({ viewer, params: { slug, categoryId }, request, context }) => {
  const category = await accessCategory(db, viewer, categoryId);
  const knowledge = await readKnowledgePath(db, category);
  if (knowledge) throw redirect(knowledge, 301);
  // After access, because the right slug says what a hidden category is called.
  if (slug !== category.slug) throw redirect(categoryPath(category) + new URL(request.url).search, 301);
  const [page, surroundings, follows] = await Promise.all([
    readListPage(viewer, request, { sort: sortIn(request, viewer), categoryId }),
    readSurroundings(db, viewer, category),
    readCategoryLevel(db, viewer, categoryId),
  ]);
  describePlaces(viewer, context, [[surroundings.division.name, divisionPath(surroundings.division)], ...surroundings.parents.map((parent): Crumb => [parent.name, categoryPath(parent)]), [category.name, categoryPath(category)]]);
  const { id, name, description, readForFeedback, divisionId, colour } = category;
  return {
    ...page,
    ...surroundings,
    follows,
    category: { id, slug: category.slug, name, description, readForFeedback, colour },
    refusal: refusalOf(viewer, canCreateTopic(viewer, category)),
    title: name,
    place: { divisionId, categoryId: id },
    found: { feeds: [{ path: categoryPath(category), title: name }], card: { kind: "website", title: name, description } } satisfies Found,
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches, data?.category.description);

export default function CategoryPage() {
  const { category, division, parents, subcategories, refusal, follows, ...page } = useLoaderData<typeof loader>();
  const t = useT("forums", en);
  const newTopicHref = refusal ? null : newTopicPath(category);
  return (
    <Page width="wide">
      <PageHeader
        title={category.name}
        lead={category.description}
        place={
          <nav aria-label={t("whereThisIs")} className="flex flex-wrap items-center gap-1.5">
            <Link to={`/d/${division.slug}`} className="hover:text-ink hover:underline">{division.name}</Link>
            {parents.map((parent) => (
              <span key={parent.id} className="inline-flex items-center gap-1.5"><Icon name="chevron-right" size={14} className="text-ink-faint" /><Link to={categoryPath(parent)} className="hover:text-ink hover:underline">{parent.name}</Link></span>
            ))}
          </nav>
        }
        actions={<>{follows && <FollowControl path={categoryPath(category)} of="category" level={follows} />}{newTopicHref && <ButtonLink to={newTopicHref} look="primary"><Icon name="square-pen" size={16} />{t("newTopic")}</ButtonLink>}</>}
      />
      <Subcategories categories={subcategories} accent={division.accent} />
      <TopicListPage room={`category:${category.id}`} page={page} base={categoryPath(category)} placeFields={{ categoryId: category.id }} showCategory={subcategories.length > 0} newTopicHref={newTopicHref} />
      <CategoryFacts refusal={refusal} readForFeedback={category.readForFeedback} />
    </Page>
  );
}
