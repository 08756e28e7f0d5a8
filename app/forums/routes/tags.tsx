import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { FollowedTags } from "#app/notifications/components/followed-tags.tsx";
import { listFollowedTags } from "#app/notifications/follow.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import en from "../components/words.ts";
import { tagPath } from "../paths.ts";
import { canManageTags } from "../policy.ts";
import { listTags } from "../tags.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => ({
  tags: await listTags(db, viewer),
  mayManage: canManageTags(viewer).allowed,
  followed: await listFollowedTags(db, viewer),
  title: translate(viewer.locale, "forums.tags"),
  found: { feeds: [{ path: "/latest", title: translate(viewer.locale, "outside.newTopics") }] } satisfies Found,
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function TagsPage() {
  const { tags, followed, mayManage, title } = useLoaderData<typeof loader>();
  const t = useT("forums", en);
  return (
    <Page width="wide">
      <PageHeader title={title} lead={t("tagsLead")} actions={mayManage && <ButtonLink to="/tags/groups" size="small">{t("tagGroups")}</ButtonLink>} />
      <FollowedTags tags={followed} />
      {tags.length === 0 && <EmptyState icon="tag" title={t("noTags")}>{t("noTagsHint")}</EmptyState>}
      <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
        {tags.map((tag) => (
          <li key={tag.id} className="border-b border-line">
            <Link to={tagPath(tag)} className="block min-h-11 py-2.5 hover:bg-sunken">
              <span className="flex items-baseline justify-between gap-3"><span className="min-w-0 font-medium">#{tag.name}</span><span className="tabular text-sm text-ink-faint">{t("number", { count: tag.count })}<span className="sr-only"> {t("topics", { count: tag.count })}</span></span></span>
              {tag.description && <span className="line-clamp-2 block text-sm text-ink-soft">{tag.description}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
