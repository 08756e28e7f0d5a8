import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { OrderButtons } from "#app/community/components/tree-editor.tsx";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { TagGroupFields } from "../components/tag-group-fields.tsx";
import { tagGroupInput } from "../inputs.ts";
import en from "../components/words.ts";
import { canManageTags } from "../policy.ts";
import { createTagGroup, listTagGroups } from "../tag-groups.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  enforce(canManageTags(requireMember(viewer)));
  return { title: translate(viewer.locale, "forums.tagGroups"), groups: await listTagGroups(db) };
});

export const action = defineAction({ params: noParams, input: tagGroupInput }, async ({ viewer, input }) => {
  await createTagGroup(requireMember(viewer), input);
  return redirect("/tags/groups");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function TagGroupsPage() {
  const { title, groups } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={title} lead={t("tagGroupsLead")} place={<Link to="/tags" className="hover:text-ink hover:underline">{t("tags")}</Link>} />
      {problem && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      {groups.length === 0 ? <EmptyState icon="tag" title={t("tagGroupsNone")}>{t("tagGroupsNoneText")}</EmptyState> : (
        <ul className="divide-y divide-line border-y border-line">
          {groups.map(({ id, name, description, isSingle, tags }) => (
            <li key={id} className="flex items-center gap-3 py-3">
              <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4"><Link to={`/tags/groups/${id}`} className="font-medium hover:underline">{name}</Link>{isSingle && <span className="text-xs text-ink-soft">{t("tagGroup.isSingle")}</span>}</p>
              {description && <p className="text-sm text-ink-soft">{description}</p>}
              <p className="mt-1 line-clamp-2 text-sm text-ink-faint">{tags.map((tag) => `#${tag.name}`).join(" ")}</p>
              </div>
              {groups.length > 1 && <div className="flex"><OrderButtons action={`/tags/groups/${id}/order`} name={name} /></div>}
            </li>
          ))}
        </ul>
      )}
      <section className="mt-10 max-w-xl border-t border-line pt-6">
        <h2 className="mb-4 text-lg font-semibold">{t("newTagGroup")}</h2>
        <Form method="post" className="space-y-4"><TagGroupFields problem={problem} /><Button look="primary">{t("makeTagGroup")}</Button></Form>
      </section>
    </Page>
  );
}
