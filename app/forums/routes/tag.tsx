import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader } from "#app/core/http.ts";
import { FollowControl } from "#app/notifications/components/follow-control.tsx";
import { readTagLevel } from "#app/notifications/follow.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { canonicalPath } from "#app/ui/worth-finding.ts";
import { db } from "#db/client.ts";
import { TopicListPage } from "../components/topic-list-page.tsx";
import { readListPage, sortIn } from "../list-page.ts";
import { listSynonyms } from "../manage-tags.ts";
import en from "../components/words.ts";
import { tagPath } from "../paths.ts";
import { canManageTags } from "../policy.ts";
import { accessTag } from "../tags.ts";

export const loader = defineLoader({ params: z.object({ name: z.string().max(200) }) }, async ({ viewer, params: { name }, request }) => {
  const tag = await accessTag(db, viewer, name);
  const meant = tag.synonymOf ?? tag;
  if (meant.slug !== name) throw redirect(tagPath(meant), 301);
  const [page, synonyms] = await Promise.all([readListPage(viewer, request, { sort: sortIn(request, viewer), tagId: tag.id }), listSynonyms(db, tag.id)]);
  return {
    ...page, tag: { slug: tag.slug, name: tag.name, description: tag.description }, synonyms, mayManage: canManageTags(viewer).allowed, level: await readTagLevel(db, viewer, tag.id), title: `#${tag.name}`,
    found: { canonical: canonicalPath(tagPath(tag) + new URL(request.url).search), feeds: [{ path: `${tagPath(tag)}/topics`, title: `#${tag.name}` }], card: { kind: "website", title: `#${tag.name}`, description: tag.description } } satisfies Found,
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches, data?.tag.description);

export default function TagPage() {
  const { tag, synonyms, mayManage, level, title, ...page } = useLoaderData<typeof loader>();
  const t = useT("forums", en);
  return (
    <Page width="wide">
      <PageHeader
        title={title}
        lead={tag.description}
        place={<Link to="/tags" className="hover:text-ink hover:underline">{t("tags")}</Link>}
        actions={<>
          <FollowControl path={tagPath(tag)} of="tag" level={level} />
          {mayManage && <ButtonLink to={`${tagPath(tag)}/manage`} size="small"><Icon name="pencil" size={16} />{t("tag.manage")}</ButtonLink>}
        </>}
      />
      {synonyms.length > 0 && <p className="-mt-3 mb-4 text-sm text-ink-faint">{t("tag.also", { names: synonyms.map(({ name }) => `#${name}`).join(", ") })}</p>}
      <TopicListPage room={null} page={page} base={tagPath(tag)} placeFields={{ tag: tag.slug }} />
    </Page>
  );
}
