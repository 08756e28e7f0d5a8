import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AdminPage } from "#app/community/components/admin-page.tsx";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember, type Member } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { canEdit } from "#app/wikis/policy.ts";
import { listWritableWikis } from "#app/wikis/wikis.ts";
import { db } from "#db/client.ts";
import { SearchesReport } from "../components/searches-report.tsx";
import { searchesInput, synonymsInput } from "../inputs.ts";
import en from "../components/words.ts";
import { canManageSynonyms, canSeeSearches } from "../policy.ts";
import { listSearchGaps, readSearchFigures } from "../search-log.ts";
import { addSynonyms, listSynonyms, removeSynonyms } from "../synonyms.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  enforce(canSeeSearches(member));
  const { days } = searchesInput.parse(Object.fromEntries(new URL(request.url).searchParams));
  const mayManage = canManageSynonyms(viewer).allowed;
  const [gaps, figures, synonyms, wikis] = await Promise.all([listSearchGaps(db, { days }), readSearchFigures(db, { days }), mayManage ? listSynonyms(db) : [], listWikisToWriteIn(member)]);
  return { title: translate(viewer.locale, "discovery.searches"), days, ...gaps, figures, synonyms, wikis, mayManage };
});

/** None for who may not write at all just now. */
async function listWikisToWriteIn(member: Member) {
  const wikis = await listWritableWikis(db, member, { limit: 20 });
  return wikis.filter(({ divisionId }) => canEdit(member, { level: "create", divisionId }).allowed).map(({ slug, name }) => ({ slug, name }));
}

export const action = defineAction({ params: noParams, input: synonymsInput }, async ({ viewer, input }) => {
  const admin = requireMember(viewer);
  if (input.intent === "add") await addSynonyms(admin, input.words);
  else await removeSynonyms(admin, input.id);
  return redirect("/admin/searches?saved#synonyms");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminSearches() {
  const t = useT("discovery", en);
  const { title, ...report } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const body = <SearchesReport {...report} problem={problem} />;
  // The other pages of the administration are the admins' own.
  if (report.mayManage) return <AdminPage title={title} lead={t("searchesLead")} tab="/admin/searches">{body}</AdminPage>;
  return <Page><PageHeader title={title} lead={t("searchesLead")} />{body}</Page>;
}
