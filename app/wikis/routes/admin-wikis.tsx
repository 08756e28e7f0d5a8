import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { AdminPage, Section } from "#app/community/components/admin-page.tsx";
import { listDivisions } from "#app/community/divisions.ts";
import { requireAdmin } from "#app/community/require-admin.ts";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { FirstSteps } from "#app/ui/shell/first-steps.tsx";
import { db } from "#db/client.ts";
import { WikiForm } from "../components/wiki-form.tsx";
import { newWikiInput } from "../inputs.ts";
import en from "../messages/en.json";
import { adminWikiPath, wikiPath } from "../paths.ts";
import { createWiki, listWikis } from "../wikis.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const admin = requireAdmin(viewer);
  const [wikis, divisions] = await Promise.all([listWikis(db, admin), listDivisions(db, admin)]);
  return { title: translate(viewer.locale, "wikis.adminWikis"), wikis: wikis.map(({ id, name, slug, division }) => ({ id, name, slug, division })), divisions: divisions.map(({ id, name }) => ({ id, name })) };
});

export const action = defineAction({ params: noParams, input: newWikiInput }, async ({ viewer, input }) => redirect(wikiPath((await createWiki(requireAdmin(viewer), input)).slug)));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminWikis() {
  const t = useT("wikis", en);
  const { wikis, divisions } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={t("adminWikis")} lead={t("adminWikisLead")} tab="/admin/wikis">
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {wikis.map(({ id, name, slug, division }) => (
          <li key={id} className="flex min-h-14 items-center justify-between gap-4 py-2">
            <Link to={adminWikiPath(id)} className="min-w-0"><span className="font-medium hover:underline">{name}</span><span className="block truncate text-sm text-ink-soft">{wikiPath(slug)} · {division.name}</span></Link>
            <Link to={wikiPath(slug)} className="text-sm text-accent-strong hover:underline">{t("open")}</Link>
          </li>
        ))}
      </ul>
      {divisions.length === 0
        ? <FirstSteps />
        : <div className="mt-10"><Section title={t("newWiki")}><WikiForm divisions={divisions} problem={problem} submit={t("createWiki")} /></Section></div>}
    </AdminPage>
  );
}
