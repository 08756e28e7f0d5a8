import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { accentStyle } from "#app/ui/accent.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { FirstSteps, useFirstSteps } from "#app/ui/shell/first-steps.tsx";
import { useShell } from "#app/ui/shell/place.ts";
import { db } from "#db/client.ts";
import { JoinButton } from "../components/join-button.tsx";
import { listDivisions } from "../divisions.ts";
import en from "../messages/en.json";
import { divisionPath } from "../paths.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const divisions = await listDivisions(db, viewer);
  return {
    title: translate(viewer.locale, "community.divisions"),
    found: { feeds: [{ path: "/latest", title: translate(viewer.locale, "outside.newTopics") }] } satisfies Found,
    divisions: divisions.map(({ id, slug, name, tagline, accent, topicCount, memberCount }) => ({ id, slug, name, tagline, accent, topicCount, memberCount })),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function DivisionsPage() {
  const t = useT("community", en);
  const { divisions } = useLoaderData<typeof loader>();
  const shell = useShell();
  const beginsHere = useFirstSteps();
  const joined = new Set(shell?.divisions.filter(({ isJoined }) => isJoined).map(({ id }) => id));
  return (
    <Page>
      <PageHeader title={t("divisions")} lead={t("divisionsLead")} />
      {divisions.length === 0 && (beginsHere ? <FirstSteps /> : <EmptyState icon="layers" title={t("noDivisions")}>{t(shell?.viewer.kind === "guest" ? "noDivisionsHint" : "noDivisionsLater")}</EmptyState>)}
      <ul className="grid gap-4 sm:grid-cols-2">
        {divisions.map((division) => (
          <li key={division.id} className="accented flex flex-col rounded-md border border-line bg-surface" style={accentStyle(division.accent)}>
            <Link to={divisionPath(division)} className="group flex-1 rounded-t-md border-t-3 border-accent p-5">
              <h2 className="text-lg font-semibold group-hover:text-accent-strong">{division.name}</h2>
              <p className="mt-0.5 text-sm text-ink-soft">{division.tagline}</p>
            </Link>
            <div className="flex items-center justify-between gap-3 px-5 pb-4 text-xs text-ink-soft tabular">
              <span>{t("topicCount", { count: division.topicCount })} · {t("joinedCount", { count: division.memberCount })}</span>
              <JoinButton slug={division.slug} name={division.name} isJoined={joined.has(division.id)} />
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}
