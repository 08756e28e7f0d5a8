import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Checkbox } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { requireInsights } from "../access.ts";
import { listRefused, readBrief, setBrief } from "../brief.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { ThemeRow } from "../components/theme-row.tsx";
import { readAreaTree } from "../filter-choices.ts";
import en from "../messages/en.json";
import { WHOLE_BRIEF } from "../paths.ts";
import { readSaidOf } from "../said-of.ts";
import { mondayOf, weekAfter } from "../weeks.ts";

const asked = z.object({ week: z.string().regex(/^20\d\d-\d\d-\d\d$/).refine((text) => !Number.isNaN(Date.parse(text))).optional().catch(undefined) });
const input = z.object({ areas: z.preprocess((sent) => (sent === undefined ? [] : typeof sent === "string" ? [sent] : sent), z.array(z.string().regex(/^\d{1,15}$/)).max(1000)) });

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireInsights(viewer);
  const { week: wanted } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  // The week that the mail told of; what the present one has brought so far is one step on.
  const now = mondayOf(new Date());
  const week = wanted ? mondayOf(new Date(wanted)) : weekAfter(now, -1);
  const [items, areas, refused] = await Promise.all([readBrief(member, week), readAreaTree(), listRefused(member.id)]);
  const after = week < now ? weekAfter(week, 1) : null;
  return { title: translate(viewer.locale, "insights.briefTitle"), week, before: weekAfter(week, -1), after, items, said: await readSaidOf(member, items.map(({ theme }) => theme.id)), areas: areas.map(({ id, name, depth }) => ({ id, name, depth })), refused };
});

export const action = defineAction({ params: noParams, input }, async ({ viewer, input: { areas } }) => {
  const member = requireInsights(viewer);
  const wanted = new Set(areas.map(Number));
  for (const id of [WHOLE_BRIEF, ...(await readAreaTree()).map((area) => area.id)]) await setBrief(member.id, id, { on: wanted.has(id) });
  return redirect("/insights/brief?saved#mail");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

/** A day as every time zone has it. */
const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsBrief() {
  const t = useT("insights", en);
  const { week, before, after, items, said, areas, refused } = useLoaderData<typeof loader>();
  return (
    <InsightsPage title={t("briefTitle")} lead={t(after ? "briefLead" : "briefLeadSoFar", { week: noonOf(week) })} tab="/insights/brief">
      {items.length === 0
        ? <EmptyState icon="mail" title={t("briefNothing")}>{t("briefNothingLead")}</EmptyState>
        : (["rising", "new", "stale", "decided"] as const).map((why) => {
          const list = items.filter((item) => item.why === why);
          if (list.length === 0) return null;
          return <Section key={why} title={t(why === "rising" ? "briefRising" : why === "new" ? "briefNew" : why === "stale" ? "briefStale" : "briefDecided")}><ul>{list.map(({ theme }) => <ThemeRow key={theme.id} theme={theme} said={why === "decided" ? undefined : said[theme.id]} note={why === "decided" && theme.reason ? <span>{theme.reason}</span> : undefined} />)}</ul></Section>;
        })}
      <nav aria-label={t("briefWeeks")} className="mt-6 flex flex-wrap justify-center gap-2 print:hidden">
        <ButtonLink to={`?week=${before}`}>{t("briefBefore", { week: noonOf(before) })}</ButtonLink>
        {after && <ButtonLink to={`?week=${after}`}>{t("briefBefore", { week: noonOf(after) })}</ButtonLink>}
      </nav>
      <Section title={t("briefSettings")} id="mail" className="mt-12 max-w-xl print:hidden">
        <Form method="post" className="space-y-2">
          <Checkbox name="areas" value="0" label={t("briefWhole")} defaultChecked={!refused.includes(WHOLE_BRIEF)} />
          <div className="grid gap-x-6 gap-y-2 pl-7 sm:grid-cols-2">{areas.map(({ id, name }) => <Checkbox key={id} name="areas" value={id} label={t("briefArea", { name })} defaultChecked={!refused.includes(id)} />)}</div>
          <Button>{t("save")}</Button>
        </Form>
      </Section>
    </InsightsPage>
  );
}
