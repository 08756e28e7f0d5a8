import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { sql } from "drizzle-orm";
import { defineAction, defineLoader, noParams, refusalOf, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { canConfigure, requireInsights } from "../access.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { readAreaTree, readFilterChoices } from "../filter-choices.ts";
import { archiveArea, previewArea, saveArea } from "../glossary-admin.ts";
import { glossaryPageInput } from "../inputs.ts";
import en from "../messages/en.json";
import { stages } from "../paths.ts";

type Preview = Awaited<ReturnType<typeof previewArea>>;

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const member = requireInsights(viewer);
  const [areas, { divisions }, counts] = await Promise.all([
    readAreaTree(), readFilterChoices(member),
    db.execute<{ id: string; count: number }>(sql`select area_id as id, count(*)::int as count from themes where area_id is not null and merged_into_id is null and statement_count > 0 group by 1`),
  ]);
  const byArea = new Map(counts.map(({ id, count }) => [Number(id), count]));
  return { title: translate(viewer.locale, "insights.glossaryTitle"), areas: areas.map((area) => ({ ...area, themes: byArea.get(area.id) ?? 0 })), divisions, refusal: refusalOf(member, canConfigure(member)) };
});

export const action = defineAction({ params: noParams, input: glossaryPageInput }, async ({ viewer, input }) => {
  const member = requireInsights(viewer);
  if (input.intent === "archive") await archiveArea(member, input.areaId);
  else {
    const areaId = input.intent === "edit" ? input.areaId : null;
    const { intent, step, ...area } = input;
    if (step === "preview") {
      const values: Record<string, string> = { intent, areaId: String(areaId ?? ""), name: area.name, description: area.description, parentId: String(area.parentId ?? ""), divisionId: String(area.divisionId ?? ""), synonyms: area.synonyms.join(", "), versions: area.versions.join(", "), stage: area.stage };
      return { ok: false as const, status: 200, message: "", fields: {}, values, preview: await previewArea(member, areaId, area) };
    }
    const { areaId: _, ...values } = area as typeof area & { areaId?: number };
    await saveArea(member, areaId, values);
  }
  return redirect("/insights/glossary?saved");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsGlossary() {
  const t = useT("insights", en);
  const { areas, divisions, refusal } = useLoaderData<typeof loader>();
  const sent = useActionData() as (Problem & { preview?: Preview }) | undefined;
  const of = (intent: string, areaId?: number) => (sent?.values.intent === intent && (areaId === undefined || sent.values.areaId === String(areaId)) ? sent : undefined);
  const placeOf = (id: number | null) => divisions.find((division) => division.id === id)?.name ?? (id === null ? t("areaEverywhere") : "");
  return (
    <InsightsPage title={t("glossaryTitle")} lead={t("glossaryLead")} tab="/insights/glossary" problem={sent && !sent.preview && Object.keys(sent.fields).length === 0 ? sent.message : refusal}>
      {areas.length === 0 && <EmptyState icon="book-open" title={t("noAreas")}>{t("noAreasLead")}</EmptyState>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {areas.map((area) => (
          <li key={area.id} className="py-3" style={{ paddingLeft: `${area.depth * 24}px` }}>
            <span className="font-medium">{area.name}</span>{" "}
            {area.stage !== "active" && <span className="rounded bg-sunken px-1.5 text-xs text-ink-soft">{t(`stage_${area.stage}`)}</span>}{" "}
            {area.versions.length > 0 && <span className="text-xs text-ink-faint">{area.versions.join(", ")}</span>}
            <span className="block text-sm text-ink-soft">{area.description} {area.synonyms.length > 0 && t("alsoCalled", { names: area.synonyms.join(", ") })}</span>
            <span className="flex gap-3 text-xs text-ink-faint"><span>{placeOf(area.divisionId)}</span>{area.themes > 0 && <Link to={`/insights/themes?area=${area.id}`} className="text-accent-strong hover:underline">{t("areaThemes", { count: area.themes })}</Link>}</span>
            {!refusal && (
              <details open={of("edit", area.id) !== undefined}>
                <summary aria-label={t("changeNamed", { name: area.name })} className="opens w-fit py-1 text-sm text-ink-soft hover:text-ink touch:py-2.5">{t("change")}</summary>
                <div className="max-w-xl py-4">
                  <AreaForm intent="edit" area={area} areas={areas} divisions={divisions} sent={of("edit", area.id)} />
                  <div className="mt-3"><ConfirmButton label={t("archiveArea")} question={t("archiveQuestion")} confirm={t("archiveArea")} fields={{ intent: "archive", areaId: area.id }} look="quiet" /></div>
                </div>
              </details>
            )}
          </li>
        ))}
      </ul>
      {!refusal && <Section title={t("newArea")} className="mt-10 max-w-xl"><AreaForm intent="create" areas={areas} divisions={divisions} sent={of("create")} /></Section>}
    </InsightsPage>
  );
}

type Area = ReturnType<typeof useLoaderData<typeof loader>>["areas"][number];
type AreaFormProps = { intent: "create" | "edit"; area?: Area; areas: Area[]; divisions: { id: number; name: string }[]; sent?: Problem & { preview?: Preview } };

function AreaForm({ intent, area, areas, divisions, sent }: AreaFormProps) {
  const t = useT("insights", en);
  return (
    <Form method="post" className="space-y-4" preventScrollReset>
      <input type="hidden" name="intent" value={intent} />
      {area && <input type="hidden" name="areaId" value={area.id} />}
      <Field name="name" label={t("areaName")} required maxLength={80} defaultValue={sent?.values.name ?? area?.name} errors={sent?.fields.name} />
      <TextArea name="synonyms" label={t("areaSynonyms")} hint={t("areaSynonymsHint")} rows={3} maxLength={3000} defaultValue={sent?.values.synonyms ?? area?.synonyms.join(", ")} errors={sent?.fields.synonyms} />
      <TextArea name="description" label={t("areaDescription")} rows={2} maxLength={600} defaultValue={sent?.values.description ?? area?.description} errors={sent?.fields.description} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select name="parentId" label={t("areaParent")} defaultValue={sent?.values.parentId ?? String(area?.parentId ?? "")} errors={sent?.fields.parentId}><option value="">{t("areaTop")}</option>{areas.filter(({ id }) => id !== area?.id).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
        <Select name="divisionId" label={t("areaDivision")} defaultValue={sent?.values.divisionId ?? String(area?.divisionId ?? "")} errors={sent?.fields.divisionId}><option value="">{t("areaEverywhere")}</option>{divisions.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
        <Field name="versions" label={t("areaVersions")} maxLength={600} defaultValue={sent?.values.versions ?? area?.versions.join(", ")} errors={sent?.fields.versions} />
        <Select name="stage" label={t("areaStage")} defaultValue={sent?.values.stage ?? area?.stage ?? "active"}>{stages.map((stage) => <option key={stage} value={stage}>{t(`stage_${stage}`)}</option>)}</Select>
      </div>
      {sent?.preview && <PreviewList preview={sent.preview} />}
      <div className="flex gap-2"><Button name="step" value="save" look="primary">{area ? t("save") : t("createArea")}</Button><Button name="step" value="preview">{t("previewArea")}</Button></div>
    </Form>
  );
}

/** Before it is done: how many statements would move, from where to where, with some of their words. */
function PreviewList({ preview: { tried, moves } }: { preview: Preview }) {
  const t = useT("insights", en);
  const count = moves.reduce((sum, move) => sum + move.count, 0);
  return (
    <div role="status" className="rounded-md bg-sunken p-4 text-sm">
      <p className="font-medium">{t("previewLead", { tried, count })}</p>
      {moves.map((move) => (
        <div key={`${move.from}-${move.to}`} className="mt-3">
          <p className="flex justify-between gap-4"><span>{t("previewMove", { from: move.from ?? t("noArea"), to: move.to ?? t("noArea") })}</span><span className="tabular">{move.count}</span></p>
          <ul className="mt-1 space-y-1 text-ink-soft">{move.examples.map((words) => <li key={words} className="border-l-2 border-line-strong pl-2">{words}</li>)}</ul>
        </div>
      ))}
    </div>
  );
}
