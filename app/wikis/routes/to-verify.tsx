import type { MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { listToVerify } from "../care.ts";
import en from "../messages/en.json";
import { pagePath } from "../paths.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => ({ title: translate(viewer.locale, "wikis.toVerify"), due: await listToVerify(db, requireMember(viewer)) }));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function ToVerify() {
  const t = useT("wikis", en);
  const { due } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title={t("toVerify")} lead={t("toVerifyLead")} />
      {due.length === 0 && <EmptyState icon="badge-check" title={t("nothingDue")} />}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {due.map(({ id, slug, title, verifiedUntil, isOverdue, wikiSlug, wikiName }) => {
          const path = pagePath({ wiki: wikiSlug, slug, id });
          return (
            <li key={id} className="flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
              <span>
                <Link to={path} className="font-medium hover:underline">{title}</Link> <span className="text-sm text-ink-soft">{wikiName}</span>
                <span className={isOverdue ? "block text-sm text-warning" : "block text-sm text-ink-soft"}>{t(isOverdue ? "overdueSince" : "verifiedUntil", { day: new Date(`${verifiedUntil}T12:00Z`) })}</span>
              </span>
              <Form method="post" action={`${path}/verify`}><input type="hidden" name="days" value="180" /><Button size="small">{t("stillTrue")}</Button></Form>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}
