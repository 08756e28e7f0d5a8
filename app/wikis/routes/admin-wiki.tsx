import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AdminPage } from "#app/community/components/admin-page.tsx";
import { adminCategoryPath } from "#app/community/paths.ts";
import { requireAdmin } from "#app/community/require-admin.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { WikiForm } from "../components/wiki-form.tsx";
import { wikiIdParams, wikiInput } from "../inputs.ts";
import en from "../messages/en.json";
import { adminWikiPath } from "../paths.ts";
import { editWiki, listWikis } from "../wikis.ts";

export const loader = defineLoader({ params: wikiIdParams }, async ({ viewer, params: { wikiId } }) => {
  const wiki = (await listWikis(db, requireAdmin(viewer))).find(({ id }) => id === wikiId);
  if (!wiki) throw new NotFoundError("wiki");
  return { title: wiki.name, wiki: { id: wiki.id, name: wiki.name, slug: wiki.slug, description: wiki.description, needsReview: wiki.needsReview }, rightsPath: adminCategoryPath(wiki.categoryId, "rights") };
});

export const action = defineAction({ params: wikiIdParams, input: wikiInput }, async ({ viewer, params: { wikiId }, input }) => {
  await editWiki(requireAdmin(viewer), wikiId, input);
  return redirect(`${adminWikiPath(wikiId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminWiki() {
  const t = useT("wikis", en);
  const { wiki, rightsPath } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={wiki.name} tab="/admin/wikis" up={{ to: "/admin/wikis", label: t("adminWikis") }} actions={<ButtonLink to={rightsPath} size="small">{t("rights")}</ButtonLink>}>
      <WikiForm wiki={wiki} problem={problem} submit={t("save")} />
    </AdminPage>
  );
}
