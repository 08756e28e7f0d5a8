import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { accessPost } from "#app/forums/lock-topic.ts";
import { postParams } from "#app/forums/inputs.ts";
import { homeOfPost } from "#app/forums/talk-subject.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { requireInsights } from "../access.ts";
import { captureQuote } from "../capture.ts";
import { captureInput } from "../inputs.ts";
import en from "../messages/en.json";
import { intents, plainTitle, themePath } from "../paths.ts";
import { suggestCapture } from "../suggest-capture.ts";
import { listThemeChoices } from "../theme-choices.ts";
import { readTheme } from "../themes.ts";

const asked = z.object({ quote: z.string().max(4000).optional().catch(undefined) });

export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber }, request }) => {
  const member = requireInsights(viewer);
  const topic = await accessTopic(db, member, topicId);
  const post = await accessPost(db, member, topic, postNumber);
  const { quote } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [themes, suggested, path] = await Promise.all([listThemeChoices(member), suggestCapture(db, topic, post, quote ?? ""), homeOfPost(db, topic, postNumber)]);
  // Only one that may be chosen: of others the viewer must not read the name.
  const theme = themes.find(({ id }) => id === suggested.themeId);
  return {
    title: translate(viewer.locale, "insights.captureTitle"), topic: { title: topic.title, path }, number: postNumber, text: post.bodyText, quote: quote ?? "", themes,
    suggested: { kind: suggested.kind, themeId: theme ? String(theme.id) : "", title: theme ? "" : plainTitle(topic.title).slice(0, 160) },
  };
});

export const action = defineAction({ params: postParams, input: captureInput }, async ({ viewer, params, input }) => {
  const member = requireInsights(viewer);
  const captured = await captureQuote(member, params, input);
  if ("themeId" in captured) return redirect(`${themePath(captured.themeId)}?saved#statement-${captured.statementId}`);
  const { id, title } = await readTheme(db, member, captured.duplicateOf);
  const values: Record<string, string> = { quote: input.quote, themeId: String(input.themeId ?? ""), title: input.title, kind: input.kind, importance: String(input.importance) };
  return { ok: false as const, status: 409, message: "", fields: {}, values, duplicate: { id, title } };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function CaptureQuote() {
  const t = useT("insights", en);
  const { topic, number, text, quote, themes, suggested } = useLoaderData<typeof loader>();
  const problem = useActionData() as (Problem & { duplicate?: { id: number; title: string | null } }) | undefined;
  const value = (name: string, otherwise = "") => problem?.values[name] ?? otherwise;
  return (
    <Page>
      <PageHeader title={t("captureTitle")} lead={t("captureLead", { number, title: topic.title })} place={<Link to={topic.path} className="hover:underline">← {topic.title}</Link>} />
      <Form method="post" className="space-y-5">
        {problem && !problem.duplicate && Object.keys(problem.fields).length === 0 && <Notice tone="danger">{problem.message}</Notice>}
        {problem?.duplicate && (
          <Notice tone="warning" title={t("captureDuplicate")}>
            <p className="mb-2"><Link to={themePath(problem.duplicate.id)} className="underline">{problem.duplicate.title ?? t("themeNumber", { id: problem.duplicate.id })}</Link></p>
            <Checkbox name="sure" value="yes" label={t("captureSure")} />
          </Notice>
        )}
        <TextArea name="quote" label={t("captureQuote")} hint={t("captureQuoteHint")} rows={4} required maxLength={4000} defaultValue={value("quote", quote)} errors={problem?.fields.quote} />
        <details open={value("quote", quote) === ""} className="text-sm"><summary className="opens text-ink-soft">{t("capturePost")}</summary><p className="mt-2 max-h-64 overflow-y-auto rounded-md bg-sunken p-3 whitespace-pre-line" tabIndex={0}>{text}</p></details>
        <div className="side-by-side sm:grid-cols-2">
          <Select name="kind" label={t("captureKind")} defaultValue={value("kind", suggested.kind)}>{intents.map((intent) => <option key={intent} value={intent}>{t(`intent_${intent}`)}</option>)}</Select>
          <Select name="importance" label={t("captureImportance")} defaultValue={value("importance", "1")}>{([0, 1, 2, 3] as const).map((step) => <option key={step} value={step}>{t(`importance_${step}`)}</option>)}</Select>
        </div>
        <Select name="themeId" label={t("captureTheme")} defaultValue={value("themeId", suggested.themeId)} errors={problem?.fields.themeId}><option value="">{t("captureNew")}</option>{themes.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}</Select>
        <Field name="title" label={t("captureName")} maxLength={160} defaultValue={value("title", suggested.title)} errors={problem?.fields.title} />
        <Button look="primary">{t("captureButton")}</Button>
      </Form>
    </Page>
  );
}
